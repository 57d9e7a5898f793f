using System.Text;
using Microsoft.AspNetCore.Http;
using Tutti.Contracts.Aggregation;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Against a backend that writes all that it is sent into its answer, nobody can leave anything there for the next.</summary>
public sealed class Threat_29_UnkeyedTests : IAsyncLifetime
{
    const string Evil = "evil.example";

    static readonly string[] Unkeyed =
    [
        "X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Scheme", "X-Forwarded-Prefix", "Forwarded", "X-Host", "X-Original-URL", "X-Rewrite-URL",
        "X-HTTP-Method-Override", "Host", "Origin", "Referer", "User-Agent", "Cookie", "Authorization", "Accept", "Accept-Language", "Accept-Encoding", "Via", "TE",
        "X-User", "session", "Range", "If-Range", "Expect-CT", "X-Any",
    ];

    CacheScene _scene = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await CacheScene.StartAsync(part => part with
        {
            Uri = part.Uri + "${path}",
            Params =
            [
                Some.Param(ParamKind.Path, "path"), Some.Param(ParamKind.Query, "id"), Some.Param(ParamKind.Header, "X-Kind", input: "kind"),
                Some.Param(ParamKind.Cookie, "own"), Some.Param(ParamKind.Header, "X-Reader", input: "meta.userId"),
            ],
        });
        _scene.Answer = ReflectAsync;
    }

    [Fact]
    public async Task Threat_29_Headers_of_a_client_that_nobody_declared_reach_no_backend_and_no_other_client()
    {
        foreach (var name in Unkeyed)
        {
            var value = name is "Range" ? "bytes=0-0" : Evil;
            using var attack = await AskAsync($"id={name}", (name, value));
            var victim = await TextAsync($"id={name}");

            victim.ShouldNotContain(Evil, Case.Insensitive, name);
            victim.ShouldNotContain("bytes=0-0", Case.Insensitive, name);
        }

        _scene.Calls.ShouldBe(Unkeyed.Length);
    }

    [Fact]
    public async Task Threat_29_Values_that_nobody_declared_reach_no_backend()
    {
        using var attack = await AskAsync($"id=1&utm={Evil}&X-Any={Evil}&callback={Evil}");

        (await TextAsync("id=1")).ShouldNotContain(Evil);
        (await _scene.AskAsync(("id", "2"), ("callback", Evil), ("X-Kind", Evil))).Contents!.ShouldNotContain(Evil);
    }

    [Fact]
    public async Task Threat_29_All_that_is_declared_tells_answers_apart()
    {
        (string, string)[] clean = [("path", "p"), ("id", "1"), ("kind", "k"), ("own", "c")];
        var victim = (await AskAsUserAsync("u", clean)).Contents;
        foreach (var name in clean.Select(value => value.Item1))
        {
            var attack = await AskAsUserAsync("u", [.. clean.Where(value => value.Item1 != name), (name, Evil)]);
            attack.Contents!.ShouldContain(Evil, Case.Sensitive, name);
        }

        (await AskAsUserAsync(Evil, clean)).Contents!.ShouldContain(Evil);

        (await AskAsUserAsync("u", clean)).Contents.ShouldBe(victim);
        victim!.ShouldNotContain(Evil);
    }

    [Fact]
    public async Task Threat_29_The_type_that_a_client_gives_its_body_is_not_served_to_the_next()
    {
        await _scene.RegisterAsync(_scene.Part with { Uri = $"{_scene.Backend.Url}/", Method = "post", Cache = new CacheConfig { StoreUnsafe = true }, Params = [Some.Param(ParamKind.Body, "body")] });
        using var content = new StringContent("same", Encoding.UTF8, $"text/{Evil}");
        using var attack = await _scene.Gateway.Traffic.PostAsync($"/parts/{_scene.Part.PartId}", content);
        attack.IsSuccessStatusCode.ShouldBeTrue();

        using var plain = new StringContent("same", Encoding.UTF8, "text/plain");
        using var victim = await _scene.Gateway.Traffic.PostAsync($"/parts/{_scene.Part.PartId}", plain);

        (await victim.Content.ReadAsStringAsync()).ShouldNotContain(Evil);
        (await _scene.AskAsync(("body", "same"))).Contents!.ShouldNotContain(Evil);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>Writes the target and all headers, but for the ids and the trace of the call.</summary>
    static Task ReflectAsync(HttpContext context)
    {
        var headers = context.Request.Headers
            .Where(header => !header.Key.StartsWith("X-OCTOPARTS-", StringComparison.OrdinalIgnoreCase) && header.Key is not ("traceparent" or "tracestate" or "b3"))
            .Where(header => !header.Key.StartsWith("X-B3-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key}: {header.Value}\n");
        return context.Response.WriteAsync($"{context.Request.Path}{context.Request.QueryString}\n{string.Concat(headers)}");
    }

    async Task<HttpResponseMessage> AskAsync(string query, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/parts/{_scene.Part.PartId}?path=p&{query}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue(name);
        }

        var answer = await _scene.Gateway.Traffic.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return answer;
    }

    async Task<string> TextAsync(string query)
    {
        using var answer = await AskAsync(query);
        return await answer.Content.ReadAsStringAsync();
    }

    async Task<PartAnswer> AskAsUserAsync(string user, params (string, string)[] values) => PartAnswer.AllOf(await _scene.Gateway.AnswerAsync(
        new AggregateRequest(new RequestMeta("r", UserId: user), [Some.Ask(_scene.Part.PartId, values)])))[0];
}
