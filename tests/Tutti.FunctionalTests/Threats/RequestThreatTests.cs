using System.Text;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Threats;

/// <summary>Requests that want too much, or are no good JSON.</summary>
public sealed class RequestThreatTests(SharedGateway shared)
{
    const int MaxParts = 1_000;

    readonly TestGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Threat_01_above_the_most_parts_nothing_is_called_and_at_it_all_are_answered()
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));
        var asked = Enumerable.Repeat(Some.Ask(part), MaxParts).ToArray();

        using var refused = await _gateway.PostAsync(Json(part, MaxParts + 1));
        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("more than 1000 entries");
        backend.Requests.ShouldBeEmpty();

        (await _gateway.AskAsync(asked)).ShouldAllBe(answer => answer.Contents == "hello");
    }

    [Fact]
    public async Task Threat_04_the_same_part_a_thousand_times_is_one_call()
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));

        var answers = await _gateway.AskAsync([.. Enumerable.Range(0, MaxParts).Select(i => Some.Ask(part) with { Id = $"{i}" })]);

        answers.Select(answer => answer.Id).ShouldBe(Enumerable.Range(0, MaxParts).Select(i => $"{i}"));
        answers.ShouldAllBe(answer => answer.Contents == "hello");
        backend.Requests.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("depth")]
    [InlineData("key")]
    [InlineData("number")]
    [InlineData("exponent")]
    [InlineData("duplicates")]
    public async Task Threat_14_bombs_in_JSON_are_400_and_the_gateway_goes_on(string bomb)
    {
        var field = bomb switch
        {
            "depth" => $"\"x\":{new string('[', 500_000)}",
            "key" => $"\"{new string('k', 900_000)}\":1",
            "number" => $"\"timeout\":{new string('9', 900_000)}",
            "exponent" => "\"timeout\":1e999999999",
            _ => string.Join(',', Enumerable.Repeat("\"k\":1", 100_000)),
        };

        ((int)(await _gateway.PostAsync($"{{\"requestMeta\":{{\"id\":\"a\",{field}}},\"requests\":[]}}")).StatusCode).ShouldBe(400);
        (await _gateway.AskAsync(Some.Ask("nobody"))).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("{\"requestMeta\":{\"id\":\"a\"},\"requestMeta\":{\"id\":\"b\"},\"requests\":[]}")]
    [InlineData("{\"requestMeta\":{\"id\":\"a\"},\"requests\":[],\"requests\":[{\"partId\":\"p\"}]}")]
    public async Task Threat_15_a_field_of_the_envelope_twice_is_400(string json) =>
        ((int)(await _gateway.PostAsync(json)).StatusCode).ShouldBe(400);

    [Theory]
    [InlineData("application/json", "utf-8", 200)]
    [InlineData("application/json; charset=utf-16", "utf-16", 200)]
    [InlineData("application/json; charset=utf-16BE", "utf-16BE", 200)]
    [InlineData("application/json; charset=iso-8859-1", "iso-8859-1", 200)]
    [InlineData("application/json; charset=windows-1252", "iso-8859-1", 200)]
    [InlineData("application/json; charset=shift_jis", "us-ascii", 200)]
    [InlineData("application/json; charset=us-ascii", "us-ascii", 200)]
    [InlineData("application/json", "utf-16", 400)]
    [InlineData("application/json; charset=utf-7", "us-ascii", 415)]
    public async Task Threat_16_a_declared_charset_is_read_and_another_is_no_JSON(string type, string charset, int status)
    {
        var id = charset == "us-ascii" ? "abc" : "ü";
        var body = Encoding.GetEncoding(charset).GetBytes($$"""{"requestMeta":{"id":"{{id}}"},"requests":[]}""");

        using var answer = await _gateway.PostAsync(body, type);

        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 200)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"id\":\"{id}\"");
        }
    }

    [Theory]
    [InlineData("utf-16", "utf-16BE")]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-16BE", "utf-16BE")]
    public async Task Threat_16_a_mark_tells_the_order_of_bytes(string declared, string charset)
    {
        var body = Encoding.GetEncoding(charset).GetBytes("\ufeff{\"requestMeta\":{\"id\":\"ü\"},\"requests\":[]}");

        using var answer = await _gateway.PostAsync(body, $"application/json; charset={declared}");

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"id\":\"ü\"");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0' })]
    public async Task Threat_16_text_that_is_none_is_400_in_a_value_and_in_a_name(byte[] text)
    {
        byte[] inValue = [.. "{\"requestMeta\":{\"id\":\""u8, .. text, .. "\"},\"requests\":[]}"u8];
        byte[] inName = [.. "{\"requestMeta\":{\"id\":\"a\",\""u8, .. text, .. "\":1},\"requests\":[]}"u8];

        ((int)(await _gateway.PostAsync(inValue)).StatusCode).ShouldBe(400);
        ((int)(await _gateway.PostAsync(inName)).StatusCode).ShouldBe(400);
    }

    [Theory]
    [InlineData("\u0000 \ufeff \ufffd \u2028 \ud83d\ude00 \u0001\u007f\u0085")]
    [InlineData("${jndi:ldap://x} ${${x}} {{7*7}} <script>")]
    public async Task Threat_16_a_value_passes_unchanged(string value)
    {
        await using var backend = await Backend.StartAsync(async context =>
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(context.Request.Query["q"].ToString())));
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url, Some.Param(Gateway.Registry.ParamKind.Query, "q")));

        (await _gateway.AskAsync(Some.Ask(part, ("q", value))))[0].ShouldBeGood(value);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task Threat_17_a_compressed_request_is_415_and_is_not_expanded(string coding) =>
        ((int)(await _gateway.PostAsync(new byte[100_000], contentEncoding: coding)).StatusCode).ShouldBe(415);

    static string Json(string part, int count) =>
        $$"""{"requestMeta":{"id":"a"},"requests":[{{string.Join(',', Enumerable.Repeat($$"""{"partId":"{{part}}","params":[]}""", count))}}]}""";
}
