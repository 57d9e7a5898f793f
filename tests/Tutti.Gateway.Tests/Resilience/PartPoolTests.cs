using Tutti.Gateway.Resilience;

namespace Tutti.Gateway.Tests.Resilience;

public sealed class PartPoolTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public void As_many_run_as_it_has_places()
    {
        var pool = new PartPool("p", size: 2, queue: 0);

        Entered(pool).ShouldBeTrue();
        Entered(pool).ShouldBeTrue();

        pool.Active.ShouldBe(2);
        Entered(pool).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Without_a_queue_the_next_is_refused_at_once(int queue)
    {
        var pool = new PartPool("p", size: 1, queue);
        Entered(pool);

        var refused = pool.EnterAsync(Never).AsTask();

        refused.IsCompleted.ShouldBeTrue();
        (await refused).ShouldBeFalse();
        pool.Active.ShouldBe(1);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        var pool = new PartPool("p", size: 1, queue: 1);
        Entered(pool);
        var waiting = pool.EnterAsync(Never).AsTask();

        var refused = pool.EnterAsync(Never).AsTask();

        waiting.IsCompleted.ShouldBeFalse();
        refused.IsCompleted.ShouldBeTrue();
        (await refused).ShouldBeFalse();
    }

    [Fact]
    public async Task A_place_goes_to_the_one_who_waits_longest()
    {
        var pool = new PartPool("p", size: 1, queue: 2);
        Entered(pool);
        var first = pool.EnterAsync(Never).AsTask();
        var second = pool.EnterAsync(Never).AsTask();

        pool.Leave();

        (await first).ShouldBeTrue();
        second.IsCompleted.ShouldBeFalse();
        pool.Active.ShouldBe(1);
        pool.Leave();
        (await second).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_stops_waiting_frees_the_queue_and_takes_no_place()
    {
        var pool = new PartPool("p", size: 1, queue: 1);
        Entered(pool);
        using var leaving = new CancellationTokenSource();
        var waiting = pool.EnterAsync(leaving.Token).AsTask();

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        pool.Waiting.ShouldBe(0);
        var next = pool.EnterAsync(Never).AsTask();
        next.IsCompleted.ShouldBeFalse();
        pool.Leave();
        (await next).ShouldBeTrue();
        pool.Active.ShouldBe(1);
    }

    [Fact]
    public async Task A_larger_size_admits_those_who_wait()
    {
        var pool = new PartPool("p", size: 1, queue: 3);
        Entered(pool);
        var first = pool.EnterAsync(Never).AsTask();
        var second = pool.EnterAsync(Never).AsTask();
        var third = pool.EnterAsync(Never).AsTask();

        pool.Resize(size: 3, queue: 3);

        (await first).ShouldBeTrue();
        (await second).ShouldBeTrue();
        third.IsCompleted.ShouldBeFalse();
        pool.Active.ShouldBe(3);
    }

    [Fact]
    public void A_smaller_size_lets_go_on_what_runs_and_admits_nobody_until_there_is_room()
    {
        var pool = new PartPool("p", size: 2, queue: 1);
        Entered(pool);
        Entered(pool);
        pool.Resize(size: 1, queue: 1);
        var waiting = pool.EnterAsync(Never).AsTask();

        pool.Leave();

        pool.Active.ShouldBe(1);
        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Places_are_never_lost_whoever_leaves_or_gives_up()
    {
        var pool = new PartPool("p", size: 4, queue: 1_000);

        await Parallel.ForAsync(0, 2_000, async (i, _) =>
        {
            using var leaving = new CancellationTokenSource();
            var place = pool.EnterAsync(leaving.Token).AsTask();
            if (i % 3 == 0)
            {
                await leaving.CancelAsync();
            }

            try
            {
                if (await place)
                {
                    await Task.Yield();
                    pool.Leave();
                }
            }
            catch (OperationCanceledException)
            {
            }
        });

        pool.Active.ShouldBe(0);
        pool.Waiting.ShouldBe(0);
        pool.MaxActive.ShouldBeLessThanOrEqualTo(4);
    }

    static bool Entered(PartPool pool) => pool.EnterAsync(Never).AsTask() is { IsCompletedSuccessfully: true, Result: true };
}
