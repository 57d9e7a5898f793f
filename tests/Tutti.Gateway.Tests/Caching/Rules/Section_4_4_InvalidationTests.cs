using Tutti.Gateway.Caching.Rules;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9111, 4.4: what an unsafe request makes invalid.</summary>
public sealed class Section_4_4_InvalidationTests
{
    const string Target = "http://b.test/a/b?c=d";

    [Theory]
    [InlineData("POST", 200, true)]
    [InlineData("PUT", 204, true)]
    [InlineData("DELETE", 200, true)]
    [InlineData("PATCH", 299, true)]
    [InlineData("POST", 303, true)]
    [InlineData("M-SEARCH", 200, true)]
    [InlineData("post", 200, true)]
    [InlineData("get", 200, true)]
    [InlineData("POST", 399, true)]
    [InlineData("POST", 400, false)]
    [InlineData("POST", 500, false)]
    [InlineData("POST", 199, false)]
    [InlineData("GET", 200, false)]
    [InlineData("HEAD", 200, false)]
    [InlineData("OPTIONS", 200, false)]
    [InlineData("TRACE", 200, false)]
    public void A_change_that_succeeds_makes_its_target_invalid(string method, int status, bool invalid) =>
        Invalid(method, status, "").ShouldBe(invalid ? Target : "");

    [Theory]
    [InlineData("Location: /x", "http://b.test/x")]
    [InlineData("Location: x", "http://b.test/a/x")]
    [InlineData("Location: ?x=y", "http://b.test/a/b?x=y")]
    [InlineData("Content-Location: //b.test/x", "http://b.test/x")]
    [InlineData("Location: HTTP://B.TEST:80/x", "http://b.test/x")]
    [InlineData("Location: /x | Content-Location: /y", "http://b.test/x http://b.test/y")]
    [InlineData("Location: /x | Content-Location: /x", "http://b.test/x")]
    [InlineData("Content-Location: /a/b?c=d", "")]
    [InlineData("Location: http://other.test/x", "")]
    [InlineData("Location: https://b.test/x", "")]
    [InlineData("Location: http://b.test:8080/x", "")]
    [InlineData("Location: //other.test/x", "")]
    [InlineData("Location: http://b.test.evil.test/x", "")]
    [InlineData("Location: http://[bad/x", "")]
    [InlineData("Location: mailto:a@b.test", "")]
    public void So_are_the_URIs_of_its_origin_that_the_answer_names(string response, string named) =>
        Invalid("POST", 201, response).ShouldBe($"{Target} {named}".Trim());

    [Theory]
    [InlineData("POST", 200, "\"a\", \"b\";x=1", "a b")]
    [InlineData("POST", 500, "\"a\"", "")]
    [InlineData("GET", 200, "\"a\"", "")]
    [InlineData("POST", 200, "a", "")]
    public void Groups_are_made_invalid_by_changes_alone(string method, int status, string groups, string expected) =>
        string.Join(' ', InvalidationRules.Groups(method, status, Wire.Fields($"Cache-Group-Invalidation: {groups}"))).ShouldBe(expected);

    static string Invalid(string method, int status, string response) =>
        string.Join(' ', InvalidationRules.Judge(method, new Uri(Target), status, Wire.Fields(response)).Select(uri => uri.AbsoluteUri));
}
