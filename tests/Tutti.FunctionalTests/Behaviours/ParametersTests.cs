using Tutti.Contracts.Aggregation;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>Octoparts' behaviours 14 to 27, with what Tutti decided otherwise.</summary>
public sealed class ParametersTests(SharedGateway shared) : IAsyncLifetime
{
    readonly TestGateway _gateway = shared.Gateway;
    Backend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await Backend.StartAsync();

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    // 14
    [Fact]
    public async Task Missing_required_params_are_told_by_their_input_names_and_nothing_is_called()
    {
        var answer = await _gateway.AskAsync(Part("", Some.Param(ParamKind.Query, "out", "a", required: true), Some.Param(ParamKind.Header, "b", required: true)));

        answer.ShouldFailWith("The following parameters are missing: a, b");
        _backend.Requests.ShouldBeEmpty();
    }

    // 15
    [Fact]
    public async Task Where_a_param_has_an_input_name_its_own_name_is_none()
    {
        await _gateway.AskAsync(Part("/p", Some.Param(ParamKind.Query, "out", "in")), ("out", "1"), ("in", "2"));

        _backend.Request.Target.ShouldBe("/p?out=2");
    }

    // 16 and 17
    [Fact]
    public async Task Meta_fills_the_params_that_ask_for_it_first()
    {
        var part = Part(
            "/",
            Some.Param(ParamKind.Query, "u", "meta.userId"),
            Some.Param(ParamKind.Query, "s", "meta.sessionId"),
            Some.Param(ParamKind.Query, "v", "meta.serviceId"),
            Some.Param(ParamKind.Query, "r", "meta.requestUrl"),
            Some.Param(ParamKind.Query, "a", "meta.userAgent"),
            Some.Param(ParamKind.Query, "i", "meta.id"),
            Some.Param(ParamKind.Query, "t", "meta.timeout"));
        await _gateway.RegisterAsync(part);

        await _gateway.AskAsync(new AggregateRequest(new RequestMeta("id", "web", "me", null, "/x", "UA", 4_000), [Some.Ask(part.PartId, ("meta.userId", "you"))]));

        _backend.Request.Target.ShouldBe("/?u=me&u=you&v=web&r=%2Fx&a=UA");
    }

    // 18
    [Fact]
    public async Task Unregistered_params_are_ignored()
    {
        (await _gateway.AskAsync(Part("/"), ("x", "1"))).ShouldBeGood();

        _backend.Request.Target.ShouldBe("/");
    }

    // 19 and 20
    [Fact]
    public async Task All_values_of_a_query_param_are_appended_in_order_duplicates_kept()
    {
        await _gateway.AskAsync(Part("/?fixed=0", Some.Param(ParamKind.Query, "q"), Some.Param(ParamKind.Query, "r")), ("q", "2"), ("r", "x"), ("q", "1"), ("q", "2"));

        _backend.Request.Target.ShouldBe("/?fixed=0&q=2&q=1&q=2&r=x");
    }

    // 21
    [Fact]
    public async Task A_path_param_takes_its_first_value_and_an_absent_one_leaves_its_place_empty()
    {
        await _gateway.AskAsync(Part("/a/${p}/b/${q}", Some.Param(ParamKind.Path, "p"), Some.Param(ParamKind.Path, "q")), ("q", "1"), ("q", "2"));

        _backend.Request.Target.ShouldBe("/a//b/1");
    }

    // 22 and F.4
    [Theory]
    [InlineData("a/b?c=d#e", "a%2Fb%3Fc%3Dd%23e")]
    [InlineData("$1\\2", "%241%5C2")]
    [InlineData("ü €", "%C3%BC%20%E2%82%AC")]
    public async Task A_path_value_is_escaped(string value, string sent)
    {
        await _gateway.AskAsync(Part("/v1/${p}/end", Some.Param(ParamKind.Path, "p")), ("p", value));

        _backend.Request.Target.ShouldBe($"/v1/{sent}/end");
    }

    // 23 and F.4
    [Fact]
    public async Task A_header_param_keeps_all_its_values()
    {
        await _gateway.AskAsync(Part("/", Some.Param(ParamKind.Header, "X-A")), ("X-A", "1"), ("X-A", "2"));

        _backend.Request.Header("X-A").ShouldBe("1, 2");
    }

    // 24
    [Fact]
    public async Task A_header_param_named_Cookie_is_dropped()
    {
        await _gateway.AskAsync(Part("/", Some.Param(ParamKind.Header, "Cookie")), ("Cookie", "a=b"));

        _backend.Request.Header("Cookie").ShouldBeNull();
    }

    // 25
    [Fact]
    public async Task Cookie_params_make_one_header_with_names_and_values_escaped()
    {
        await _gateway.AskAsync(Part("/", Some.Param(ParamKind.Cookie, "a b"), Some.Param(ParamKind.Cookie, "c")), ("a b", "1 ü"), ("c", "2;3"));

        _backend.Request.Header("Cookie").ShouldBe("a+b=1+%C3%BC; c=2%3B3");
    }

    // 26
    [Theory]
    [InlineData("post", "first")]
    [InlineData("put", "first")]
    [InlineData("patch", "first")]
    [InlineData("delete", "")]
    [InlineData("get", "")]
    public async Task The_body_is_the_first_value_of_the_first_body_param_where_the_method_has_one(string method, string body)
    {
        var part = Part("/", Some.Param(ParamKind.Body, "a"), Some.Param(ParamKind.Body, "b")) with { Method = method };

        (await _gateway.AskAsync(part, ("b", "other"), ("a", "first"), ("a", "second"))).ShouldBeGood();

        _backend.Request.Method.ShouldBe(method.ToUpperInvariant());
        _backend.Request.Body.ShouldBe(body);
    }

    // 27
    [Fact]
    public async Task A_body_is_plain_UTF8_text()
    {
        await _gateway.AskAsync(Part("/", Some.Param(ParamKind.Body, "b")) with { Method = "post" }, ("b", "ü"));

        _backend.Request.Header("Content-Type").ShouldBe("text/plain; charset=UTF-8");
        _backend.Request.Body.ShouldBe("ü");
        _backend.Request.Header("Content-Length").ShouldBe("2");
    }

    // 27
    [Fact]
    public async Task A_Content_Type_param_overrides_the_type_of_the_body()
    {
        var part = Part("/", Some.Param(ParamKind.Body, "b"), Some.Param(ParamKind.Header, "Content-Type")) with { Method = "post" };

        await _gateway.AskAsync(part, ("b", "{}"), ("Content-Type", "application/json"));

        _backend.Request.Header("Content-Type").ShouldBe("application/json");
    }

    [Theory]
    [InlineData("get")]
    [InlineData("delete")]
    [InlineData("head")]
    public async Task A_header_that_describes_a_body_is_sent_without_one_too(string method)
    {
        var part = Part("/", Some.Param(ParamKind.Header, "Content-Type"), Some.Param(ParamKind.Header, "Content-Language")) with { Method = method };

        await _gateway.AskAsync(part, ("Content-Type", "application/vnd.x+json"), ("Content-Language", "de"));

        _backend.Request.Header("Content-Type").ShouldBe("application/vnd.x+json");
        _backend.Request.Header("Content-Language").ShouldBe("de");
        _backend.Request.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_Accept_Encoding_param_stands_for_what_the_gateway_would_send()
    {
        await _gateway.AskAsync(Part("/", Some.Param(ParamKind.Header, "Accept-Encoding")), ("Accept-Encoding", "identity"));

        _backend.Request.Header("Accept-Encoding").ShouldBe("identity");
    }

    // 28
    [Theory]
    [InlineData("b3")]
    [InlineData("traceparent")]
    [InlineData("X-B3-TraceId")]
    public async Task No_param_hides_the_trace(string header)
    {
        await _gateway.AskAsync(Part("/", Some.Param(ParamKind.Header, header)), (header, "forged"));

        (_backend.Request.Header(header) ?? "").ShouldNotContain("forged");
    }

    PartConfig Part(string path, params ParamConfig[] parameters) => Some.Part($"{_backend.Url}{path}", parameters);
}
