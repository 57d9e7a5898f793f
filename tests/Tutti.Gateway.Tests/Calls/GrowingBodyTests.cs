using CsCheck;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Tests.Calls;

public sealed class GrowingBodyTests
{
    [Fact]
    public async Task Each_reader_gets_all_bytes_in_order_whenever_it_begins() =>
        await Gen.Select(Gen.Byte.Array[0, 9_000].Array[0, 6], Gen.OneOf(Gen.Const(default(long?)), Gen.Long[0, 20_000].Select(bytes => (long?)bytes))).SampleAsync(
            async (chunks, expected) =>
            {
                var body = new GrowingBody();
                body.Expect(expected);
                var early = ReadAllAsync(body);
                foreach (var chunk in chunks)
                {
                    Fill(body, chunk);
                    await Task.Yield();
                }

                body.End(null);
                var whole = chunks.SelectMany(chunk => chunk).ToArray();
                byte[][] seen = [await early, await ReadAllAsync(body), body.Whole.ToArray()];
                return seen.All(bytes => bytes.AsSpan().SequenceEqual(whole));
            },
            iter: 200);

    [Fact]
    public async Task What_was_read_stays_as_it_was_while_it_grows()
    {
        var body = new GrowingBody();
        body.Expect(3);
        Fill(body, new byte[] { 1, 2, 3 });
        var read = await body.ReadAsync(0, CancellationToken.None);

        Fill(body, new byte[100_000]);

        read.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_reader_learns_that_it_broke_off()
    {
        var body = new GrowingBody();
        body.Expect(null);
        var reading = body.ReadAsync(0, CancellationToken.None).AsTask();

        body.End(PartOutcome.Failed(PartFailure.BrokenAnswer, "broken"));

        (await reading).IsEmpty.ShouldBeTrue();
        body.Failure!.Failure.ShouldBe(PartFailure.BrokenAnswer);
    }

    [Fact]
    public async Task A_reader_that_leaves_disturbs_no_other()
    {
        var body = new GrowingBody();
        body.Expect(null);
        using var leaving = new CancellationTokenSource();
        var left = body.ReadAsync(0, leaving.Token).AsTask();
        var stays = body.ReadAsync(0, CancellationToken.None).AsTask();

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        Fill(body, new byte[] { 7 });

        (await stays).ToArray().ShouldBe([7]);
    }

    [Fact]
    public void The_word_of_a_backend_sets_little_aside()
    {
        var body = new GrowingBody();
        body.Expect(long.MaxValue);

        body.Room().Length.ShouldBeLessThanOrEqualTo(64 * 1024);
    }

    static void Fill(GrowingBody body, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = body.Room();
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            body.Advance(count);
            bytes = bytes[count..];
        }
    }

    static async Task<byte[]> ReadAllAsync(GrowingBody body)
    {
        var all = new List<byte>();
        while (await body.ReadAsync(all.Count, CancellationToken.None) is { IsEmpty: false } more)
        {
            all.AddRange(more.ToArray());
        }

        return [.. all];
    }
}
