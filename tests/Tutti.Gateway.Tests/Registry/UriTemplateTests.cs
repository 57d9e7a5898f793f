using CsCheck;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Tests.Registry;

public sealed class UriTemplateTests
{
    [Theory]
    [InlineData("http://${x}/")]
    [InlineData("http://b.${x}.test/")]
    [InlineData("http://b.test${x}/")]
    [InlineData("http://b.test:${x}/")]
    [InlineData("http://b.test${x}")]
    [InlineData("${x}://b.test/")]
    [InlineData("http${x}://b.test/")]
    [InlineData("${x}")]
    [InlineData("http://${x}@b.test/")]
    [InlineData("http://user:secret@b.test/")]
    [InlineData("http://b.test\\@evil.test/")]
    [InlineData("http:\\\\b.test/")]
    [InlineData("http://b.test/a#b")]
    [InlineData("http://b.test/a\\b")]
    [InlineData("http:///a")]
    [InlineData("http://")]
    [InlineData("//b.test/")]
    [InlineData("/a")]
    [InlineData("ftp://b.test/")]
    [InlineData("file:///etc/hostname")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://b.test:99999/")]
    [InlineData("http://b.test:0/")]
    [InlineData("http://b.test/../x")]
    [InlineData("http://b.test/a/./x")]
    [InlineData("http://b.test/${")]
    [InlineData("http://b.test/${}")]
    [InlineData("http://b.test/${a/b}")]
    [InlineData("http://b.test/${${x}}")]
    [InlineData("")]
    public void Threat_06_a_template_that_a_value_could_lead_elsewhere_is_refused(string text)
    {
        UriTemplate.TryParse(text, [], out var fault).ShouldBeNull();

        fault.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("http://b.test", "http://b.test/")]
    [InlineData("HTTP://b.test:8080/a", "http://b.test:8080/")]
    [InlineData("https://[::1]:8443/${x}", "https://[::1]:8443/")]
    [InlineData("http://10.0.0.1?q=${x}", "http://10.0.0.1/")]
    public void Scheme_host_and_port_are_known_without_values(string text, string origin) =>
        UriTemplate.TryParse(text, [], out _)!.Origin.AbsoluteUri.ShouldBe(origin);

    [Theory]
    [InlineData("http://b.test", "http://b.test/")]
    [InlineData("http://b.test?a=${x}", "http://b.test/?a=v")]
    [InlineData("http://b.test/?a=b//c", "http://b.test/?a=b//c")]
    public void A_template_without_a_path_gets_the_root(string template, string uri) => Fill(template, "v").ShouldBe(uri);

    [Theory]
    [InlineData("a", "a")]
    [InlineData("../admin", "..%2Fadmin")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("..\\admin", "..%5Cadmin")]
    [InlineData("%2f", "%252f")]
    [InlineData("a;b=c", "a%3Bb%3Dc")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("a b", "a%20b")]
    [InlineData("$1\\2", "%241%5C2")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("\u2028\r\n", "%E2%80%A8%0D%0A")]
    [InlineData("@evil.test", "%40evil.test")]
    [InlineData("...", "...")]
    [InlineData("", "")]
    public void Threat_05_a_value_stays_one_segment(string value, string segment) =>
        Fill("http://b.test/v1/${x}/end", value).ShouldBe($"http://b.test/v1/{segment}/end");

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\0b")]
    public void Threat_05_a_value_that_no_escaping_keeps_in_its_place_is_refused(string value) => Problem("http://b.test/v1/${x}", value).ShouldNotBeEmpty();

    [Theory]
    [InlineData("http://b.test/${x}${x}", ".")]
    [InlineData("http://b.test/.${x}", ".")]
    [InlineData("http://b.test/${x}.", ".")]
    public void Threat_05_dots_that_only_meet_in_the_path_are_refused_too(string template, string value) => Problem(template, value).ShouldNotBeEmpty();

    [Theory]
    [InlineData("a/b/c", "a/b/c")]
    [InlineData("a b/ü?x", "a%20b/%C3%BC%3Fx")]
    [InlineData("a//b", "a//b")]
    [InlineData("..a/b..", "..a/b..")]
    public void A_multi_segment_value_keeps_its_slashes(string value, string path) =>
        Fill("http://b.test/v1/${x}", value, multiSegment: true).ShouldBe($"http://b.test/v1/{path}");

    [Theory]
    [InlineData("../admin")]
    [InlineData("a/../../admin")]
    [InlineData("a/.")]
    [InlineData("..")]
    public void Threat_05_a_multi_segment_value_cannot_climb(string value) => Problem("http://b.test/v1/${x}", value, multiSegment: true).ShouldNotBeEmpty();

    [Theory]
    [InlineData("${${x}}")]
    [InlineData("${jndi:ldap://evil.test}")]
    [InlineData("{{7*7}}")]
    [InlineData("${x}")]
    public void Threat_11_a_value_is_not_evaluated_again(string value) =>
        Uri.UnescapeDataString(Fill("http://b.test/${x}", value)).ShouldBe($"http://b.test/{value}");

    [Fact]
    public void A_value_in_the_query_of_the_template_stays_in_its_argument() =>
        Fill("http://b.test/?a=${x}&b=1", "1&admin=true#x").ShouldBe("http://b.test/?a=1%26admin%3Dtrue%23x&b=1");

    [Fact]
    public void A_URI_that_is_too_long_is_refused() => Problem("http://b.test/${x}", new string('a', UriTemplate.MaxLength)).ShouldContain("at most 8000");

    [Fact]
    public void Literal_text_is_escaped_once() => Fill("http://b.test/a b/ü/%20/${x}", "v").ShouldBe("http://b.test/a%20b/%C3%BC/%20/v");

    [Fact]
    public void Threat_05_whatever_the_value_host_and_segments_stay() => Gen.String.Select(Gen.Bool).Sample((value, inQuery) =>
    {
        var template = UriTemplate.TryParse(inQuery ? "http://b.test:8080/v1/x?a=${x}&z=1" : "http://b.test:8080/v1/${x}/end", [], out _)!;
        if (Filled(template, value) is not { } uri)
        {
            return true;
        }

        var path = uri.OriginalString["http://b.test:8080/".Length..].Split('?')[0].Split('/');
        return uri.Host == "b.test" && uri.Port == 8080 && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
            && path is ["v1", not (".." or "."), ..] && path.Length == (inQuery ? 2 : 3)
            && uri.OriginalString.All(c => c is > ' ' and <= '~');
    });

    static string Fill(string template, string value, bool multiSegment = false) =>
        Filled(Parse(template, multiSegment), value).ShouldNotBeNull().OriginalString;

    static string Problem(string template, string value, bool multiSegment = false)
    {
        var values = new One(value);
        Parse(template, multiSegment).TryFill(ref values, "", out _, out var problem).ShouldBeFalse();
        return problem!;
    }

    static UriTemplate Parse(string template, bool multiSegment) =>
        UriTemplate.TryParse(template, [Some.Param(ParamKind.Path, "x", multiSegment: multiSegment)], out var fault).ShouldNotBeNull(fault);

    static Uri? Filled(UriTemplate template, string value)
    {
        var values = new One(value);
        return template.TryFill(ref values, "", out var uri, out _) ? uri : null;
    }

    readonly struct One(string value) : IPathValues
    {
        public string? First(string name) => value;
    }
}
