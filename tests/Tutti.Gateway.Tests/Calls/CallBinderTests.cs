using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Tests.Calls;

public sealed class CallBinderTests
{
    static readonly RequestMeta Meta = new("r", UserId: "meta-user", RequestUrl: "/page");

    [Fact]
    public void Query_values_are_escaped_and_kept_in_order()
    {
        var call = Bind(Part("http://b.test/s?fixed=1", Some.Param(ParamKind.Query, "q", input: "in")), ("in", "a b&c=d"), ("q", "ignored"), ("in", "ü"));

        call.Uri.OriginalString.ShouldBe("http://b.test/s?fixed=1&q=a%20b%26c%3Dd&q=%C3%BC");
    }

    [Fact]
    public void Meta_fills_a_param_of_its_name_before_the_given_values()
    {
        var call = Bind(Part("http://b.test/", Some.Param(ParamKind.Query, "u", input: "meta.userId")), ("meta.userId", "given"));

        call.Uri.Query.ShouldBe("?u=meta-user&u=given");
    }

    [Fact]
    public void Meta_that_is_absent_fills_nothing() =>
        Bind(Part("http://b.test/", Some.Param(ParamKind.Query, "s", input: "meta.sessionId"))).Uri.OriginalString.ShouldBe("http://b.test/");

    [Theory]
    [InlineData("meta.id")]
    [InlineData("meta.timeout")]
    public void Other_fields_of_the_meta_fill_nothing(string input) =>
        Bind(Part("http://b.test/", Some.Param(ParamKind.Query, "s", input))).Uri.Query.ShouldBeEmpty();

    [Fact]
    public void Missing_required_values_are_told_together_by_their_input_names()
    {
        var refusal = Refusal(Part(
            "http://b.test/",
            Some.Param(ParamKind.Query, "a", input: "first", required: true),
            Some.Param(ParamKind.Header, "b"),
            Some.Param(ParamKind.Cookie, "c", required: true)));

        refusal.Failure.ShouldBe(PartFailure.MissingParams);
        refusal.Message.ShouldBe("The following parameters are missing: first, c");
    }

    [Fact]
    public void A_header_param_sends_all_its_values()
    {
        var call = Bind(Part("http://b.test/", Some.Param(ParamKind.Header, "X-A")), ("X-A", "1"), ("X-A", "2"));

        call.Headers.ShouldBe([new CallHeader("X-A", "1"), new CallHeader("X-A", "2")]);
    }

    [Fact]
    public void A_header_param_named_exactly_Cookie_is_dropped_and_cookie_is_not()
    {
        Bind(Part("http://b.test/", Some.Param(ParamKind.Header, "Cookie")), ("Cookie", "a=b")).Headers.ShouldBeEmpty();
        Bind(Part("http://b.test/", Some.Param(ParamKind.Header, "cookie")), ("cookie", "a=b")).Headers.ShouldBe([new CallHeader("cookie", "a=b")]);
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("a\u0001b")]
    [InlineData("a\u007fb")]
    [InlineData("ümlaut")]
    [InlineData("\u010a")]
    public void Threat_09_a_value_that_no_header_can_carry_is_refused(string value)
    {
        var refusal = Refusal(Part("http://b.test/", Some.Param(ParamKind.Header, "X-A", input: "in")), ("in", value));

        refusal.Failure.ShouldBe(PartFailure.UnusableParam);
        refusal.Message.ShouldBe("The value of parameter in holds characters that the header X-A cannot carry");
    }

    [Theory]
    [InlineData("x; admin=1", "c=x%3B+admin%3D1")]
    [InlineData("x\r\nX-Evil: 1", "c=x%0D%0AX-Evil%3A+1")]
    [InlineData("a,b c", "c=a%2Cb+c")]
    [InlineData("\0ü", "c=%00%C3%BC")]
    public void Threat_10_a_cookie_value_stays_one_pair(string value, string sent) =>
        Bind(Part("http://b.test/", Some.Param(ParamKind.Cookie, "c")), ("c", value)).Headers.ShouldBe([new CallHeader("Cookie", sent)]);

    [Fact]
    public void Cookies_share_one_header_and_their_names_are_escaped_too()
    {
        var call = Bind(Part("http://b.test/", Some.Param(ParamKind.Cookie, "a"), Some.Param(ParamKind.Cookie, "b;c")), ("a", "1"), ("b;c", "2"), ("a", "3"));

        call.Headers.ShouldBe([new CallHeader("Cookie", "a=1; a=3; b%3Bc=2")]);
    }

    [Theory]
    [InlineData("post", "first")]
    [InlineData("put", "first")]
    [InlineData("patch", "first")]
    [InlineData("get", null)]
    [InlineData("delete", null)]
    public void The_first_value_of_the_first_body_param_is_the_body_where_the_method_has_one(string method, string? body)
    {
        var part = Part("http://b.test/", Some.Param(ParamKind.Body, "a"), Some.Param(ParamKind.Body, "b")) with { Method = method };

        Bind(part, ("b", "other"), ("a", "first"), ("a", "second")).Body.ShouldBe(body);
    }

    [Fact]
    public void Calls_are_equal_by_what_they_ask_and_not_by_who_asks()
    {
        var model = Some.Model(Part("http://b.test/", Some.Param(ParamKind.Query, "q")));
        var (one, same, other) = (BindTo(model, "a", ("q", "1")), BindTo(model, "b", ("q", "1")), BindTo(model, "a", ("q", "2")));

        one.Asks(same).ShouldBeTrue();
        one.Asks(other).ShouldBeFalse();
        PartCall.ByQuestion.GetHashCode(one).ShouldBe(PartCall.ByQuestion.GetHashCode(same));
    }

    static PartConfig Part(string uri, params ParamConfig[] parameters) => Some.Part(uri, parameters);

    static PartCall Bind(PartConfig part, params (string, string)[] values) => BindTo(Some.Model(part), "id", values);

    static PartCall BindTo(PartModel part, string id, params (string, string)[] values)
    {
        CallBinder.TryBind(part, Meta, Some.Ask(part.Id, values) with { Id = id }, Some.Trace(), out var call, out var refusal).ShouldBeTrue(refusal?.Message);
        return call!;
    }

    static PartOutcome Refusal(PartConfig part, params (string, string)[] values)
    {
        CallBinder.TryBind(Some.Model(part), Meta, Some.Ask(part.PartId, values), Some.Trace(), out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }
}
