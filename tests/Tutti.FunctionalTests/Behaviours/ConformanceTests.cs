using System.Text.Json;
using Tutti.Contracts.Aggregation;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>What the unmodified clients of Octoparts insist on (C.3): fields that are always there, no nulls, whole numbers.</summary>
public sealed class ConformanceTests(SharedGateway shared)
{
    static readonly string[] Always =
    [
        "partId", "id", "cookies", "cacheControl", "warnings", "errors", "retrievedFromCache", "retrievedFromLocalContents",
    ];

    static readonly string[] Optional = ["statusCode", "mimeType", "charset", "contents"];

    readonly TestGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Every_kind_of_answer_has_the_fields_that_clients_insist_on()
    {
        await using var good = await Backend.StartAsync();
        await using var bad = await Backend.StartAsync(500);
        var parts = new[]
        {
            Some.Part(good.Url),
            Some.Part(bad.Url),
            Some.Part(good.Url) with { Method = "head" },
            Some.Part("http://no-such-host.invalid/"),
            Some.Part(good.Url, Some.Param(ParamKind.Query, "q", required: true)),
            Some.Part(good.Url) with { LocalContents = new LocalContentsConfig { Enabled = true } },
        };
        await _gateway.RegisterAsync(parts);

        var answer = await _gateway.AnswerAsync(Some.Request([.. parts.Select(part => Some.Ask(part.PartId)), Some.Ask("nobody")]));

        Names(answer).ShouldBe(["responseMeta", "responses"]);
        Names(answer.GetProperty("responseMeta")).ShouldBe(["id", "processTime"], ignoreOrder: true);
        foreach (var part in PartAnswer.AllOf(answer))
        {
            Always.ShouldBeSubsetOf(part.Fields);
            part.Fields.ShouldBeSubsetOf(Always.Concat(Optional));
            new[] { "noStore", "noCache" }.ShouldBeSubsetOf(Names(part.Json.GetProperty("cacheControl")));
        }

        Nulls(answer).ShouldBeEmpty();
        Fractions(answer).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_client_of_the_contracts_reads_what_it_wrote()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = "a=b";
            context.Response.Headers.CacheControl = "max-age=10";
            return Task.CompletedTask;
        });
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));

        var answer = (await _gateway.AnswerAsync(Some.Request(Some.Ask(part)))).Deserialize(Contracts.ContractsJson.AggregateResponse)!;

        answer.ResponseMeta.Id.ShouldBe("request");
        var response = answer.Responses.ShouldHaveSingleItem();
        response.Cookies.ShouldBe([new Cookie("a", "b", HttpOnly: false, Secure: false, Discard: false, MaxAge: -1)]);
        response.CacheControl.ExpiresAt.ShouldNotBeNull();
        response.StatusCode.ShouldBe(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("quote \" backslash \\ slash / tab \t line \n feed \f null \u0001")]
    [InlineData("ü € \ud83d\ude00 \u2028 </script>")]
    public async Task Contents_pass_unchanged(string text)
    {
        await using var backend = await Backend.StartAsync(text);

        (await _gateway.AskAsync(Some.Part(backend.Url))).ShouldBeGood(text);
    }

    static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    static IEnumerable<JsonElement> All(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => All(property.Value)).Prepend(json),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(All).Prepend(json),
        _ => [json],
    };

    static IEnumerable<JsonElement> Nulls(JsonElement json) => All(json).Where(value => value.ValueKind == JsonValueKind.Null);

    static IEnumerable<string> Fractions(JsonElement json) =>
        All(json).Where(value => value.ValueKind == JsonValueKind.Number).Select(value => value.GetRawText()).Where(text => !text.TrimStart('-').All(char.IsAsciiDigit));
}
