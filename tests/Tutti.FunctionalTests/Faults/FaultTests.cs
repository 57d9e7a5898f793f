using Tutti.FunctionalTests.Support;
using Tutti.Samples.Storefront.Faults;
using Tutti.Samples.Storefront.Raw;
using Tutti.Samples.Storefront.Tls;

namespace Tutti.FunctionalTests.Faults;

/// <summary>Every misbehaviour of the sample backends, each beside a part that behaves.</summary>
public sealed class FaultTests(FaultyWorld world) : IClassFixture<FaultyWorld>
{
    /// <summary>What looks like a misbehaviour and is none, with the contents that may be believed.</summary>
    static readonly Dictionary<string, string?> Fine = new()
    {
        // The surplus is no part of the answer and its connection is not used again.
        ["excess-length"] = "hello",
        // RFC 9112, 5.2: a proxy may replace the fold by blanks; the value stays one value.
        ["folded-header"] = "hello",
        // RFC 9112, 5.1: a proxy removes the blank.
        ["space-before-colon"] = "hello",
        // RFC 9110, 5.5: NUL and CR become blanks; Threat_23_nothing_is_injected_by_a_header shows it.
        ["nul-in-header"] = "hello",
        ["cr-in-header"] = "hello",
        // RFC 9110, 15.3.5: a 204 ends with its header section; what follows is not read.
        ["body-on-204"] = null,
        // Codings and charsets that are rare, and true.
        ["brotli"] = "A compressed text that is long enough to be worth compressing, compressing, compressing.",
        ["zstd"] = "A compressed text that is long enough to be worth compressing, compressing, compressing.",
        ["latin1"] = "Käse für 3 £",
        // Octoparts' behaviour 38: plain text, never sniffed.
        ["no-content-type"] = "<html><body>guess me</body></html>",
        // Its first call of three is good.
        ["flaky"] = "fine",
        // Redirects are not followed; they are the answer.
        ["redirect-loop"] = "",
        ["redirect-internal"] = "",
        ["redirect-file"] = "",
        ["many-cookies"] = "crumbs",
    };

    static readonly Dictionary<string, int> Statuses = new()
    {
        ["error500"] = 500,
        ["unavailable503"] = 503,
        ["not-found404"] = 404,
    };

    public static TheoryData<string> Silence => [.. SilenceFaults.All.Select(fault => fault.Name)];

    public static TheoryData<string> Endless => [.. EndlessFaults.All.Select(fault => fault.Name)];

    public static TheoryData<string> Framing => [.. LengthFaults.All.Concat(StatusFaults.All).Select(fault => fault.Name)];

    public static TheoryData<string> Headers => [.. HeaderFaults.All.Select(fault => fault.Name)];

    public static TheoryData<string> Coding => [.. EncodingFaults.All.Concat(CharsetFaults.All).Select(fault => fault.Name)];

    public static TheoryData<string> Tls => [.. TlsFaults.All.Select(fault => fault.Name)];

    public static TheoryData<string> Failures => [.. FailureFaults.Create().Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Silence))]
    public Task Threat_20_a_backend_that_ends_or_falls_silent(string name) => CheckRawAsync(name);

    [Theory]
    [MemberData(nameof(Endless))]
    public Task Threat_21_a_backend_without_end(string name) => CheckRawAsync(name);

    [Theory]
    [MemberData(nameof(Framing))]
    public Task Threat_22_a_backend_that_frames_its_answer_wrongly(string name) => CheckRawAsync(name);

    [Theory]
    [MemberData(nameof(Headers))]
    public Task Threat_23_a_backend_with_headers_that_none_may_send(string name) => CheckRawAsync(name);

    [Theory]
    [MemberData(nameof(Coding))]
    public async Task Threat_24_a_backend_whose_body_is_not_what_it_says(string name) =>
        Check(name, await world.AskAsync(FaultyWorld.Part(world.Faulty + name)));

    [Theory]
    [MemberData(nameof(Tls))]
    public Task Threat_25_a_backend_whose_TLS_is_not_to_be_trusted(string name) => CheckRawAsync(name);

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_backend_that_is_late_or_says_no(string name) =>
        Check(name, await world.AskAsync(FaultyWorld.Part(world.Faulty + name)));

    [Fact]
    public async Task Threat_22_what_follows_an_answer_is_not_taken_for_the_next_one()
    {
        await using var backend = RawBackend.Start("excess-length");
        var part = FaultyWorld.Part(backend.Url);

        for (var i = 0; i < 5; i++)
        {
            (await world.AskAsync(part)).ShouldBeGood("hello");
        }
    }

    [Theory]
    [InlineData("nul-in-header", "X-Nul", "a b")]
    [InlineData("cr-in-header", "X-Cr", "a Set-Cookie: injected=1")]
    [InlineData("folded-header", "X-Folded", "a   Set-Cookie: injected=1")]
    [InlineData("space-before-colon", "X-Space", "a")]
    public async Task Threat_23_nothing_is_injected_by_a_header(string name, string header, string value)
    {
        await using var backend = RawBackend.Start(name);
        var part = FaultyWorld.Part($"{backend.Url}/");
        await world.Gateway.RegisterAsync(part);

        using var answer = await world.Gateway.Traffic.GetAsync($"/parts/{part.PartId}");

        ((int)answer.StatusCode).ShouldBe(200);
        string.Join("", answer.Headers.NonValidated[header]).ShouldBe(value);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Threat_24_a_bomb_is_cut_at_the_limit()
    {
        var answer = await world.AskAsync(FaultyWorld.Part($"{world.Faulty}gzip-bomb") with { Timeout = 4_000 });

        answer.ShouldFailWith("The body is larger than 1048576 bytes");
    }

    [Fact]
    public async Task Threat_24_a_body_that_no_JSON_can_carry_is_refused_whatever_the_part_allows()
    {
        await using var backend = RawBackend.Start(async (connection, ct) =>
        {
            await connection.ReadRequestAsync(ct);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n", ct);
        });
        var part = FaultyWorld.Part($"{backend.Url}/");

        var answer = await world.AskAsync(part with { Backend = part.Backend with { MaxBodyBytes = long.MaxValue } });

        answer.ShouldFailWith("The body has 200000000 bytes; at most 134217728 are read");
    }

    [Fact]
    public async Task Threat_25_no_request_goes_to_a_backend_that_is_not_trusted()
    {
        await using var backend = RawBackend.Start("tls-self-signed");
        var part = FaultyWorld.Part($"{backend.Url}/");

        FaultyWorld.ShouldBeRefused(await world.AskAsync(part));

        backend.Requests.ShouldBe(0);
        (await world.AskAsync(part with { PartId = Some.Name(), Backend = part.Backend with { VerifyTls = false, ConnectTimeout = 2_000 } })).ShouldBeGood("accepted");
        backend.Requests.ShouldBe(1);
    }

    async Task CheckRawAsync(string name) => Check(name, await world.AskRawAsync(name));

    static void Check(string name, PartAnswer answer)
    {
        if (Fine.TryGetValue(name, out var contents))
        {
            answer.Errors.ShouldBeEmpty();
            answer.Contents.ShouldBe(contents);
        }
        else if (Statuses.TryGetValue(name, out var status))
        {
            answer.Status.ShouldBe(status);
            answer.Errors.ShouldHaveSingleItem().ShouldNotBeEmpty();
        }
        else
        {
            FaultyWorld.ShouldBeRefused(answer);
        }
    }
}
