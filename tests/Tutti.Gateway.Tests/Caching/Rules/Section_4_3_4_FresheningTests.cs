using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9111, 3.2, 4.3.4 and 4.3.5: what a 304 and an answer to HEAD update.</summary>
public sealed class Section_4_3_4_FresheningTests
{
    [Theory]
    [InlineData("ETag: \"a\"", "0,2")]
    [InlineData("ETag: \"b\"", "1")]
    [InlineData("ETag: \"z\"", "")]
    [InlineData("ETag: \"z\" | Last-Modified: {-60}", "")]
    [InlineData("ETag: W/\"a\"", "2")]
    [InlineData("ETag: W/\"w\"", "3")]
    [InlineData("ETag: \"w\"", "")]
    [InlineData("ETag: W/\"z\" | Last-Modified: {-60}", "")]
    [InlineData("Last-Modified: {-60}", "4")]
    [InlineData("Last-Modified: {-61}", "")]
    [InlineData("", "")]
    public void A_304_freshens_the_responses_its_validator_names(string notModified, string expected)
    {
        StoredPolicy[] stored =
        [
            Of("ETag: \"a\" | Date: {-9}"),
            Of("ETag: \"b\" | Date: {-8}"),
            Of("ETag: \"a\" | Date: {-7}"),
            Of("ETag: W/\"w\" | Date: {-6}"),
            Of("Last-Modified: {-60} | Date: {-5}"),
            Of("Last-Modified: {-60} | Date: {-6}"),
        ];
        var selected = new bool[stored.Length];

        var count = Freshening.Select(stored, Wire.Exchange(notModified, status: 304), RuleSettings.Parts, selected);

        string.Join(',', selected.Index().Where(one => one.Item).Select(one => one.Index)).ShouldBe(expected);
        count.ShouldBe(selected.Count(one => one));
    }

    [Theory]
    [InlineData("", false, true)]
    [InlineData("ETag: \"a\"", false, false)]
    [InlineData("ETag: \"a\"", true, true)]
    public void A_304_without_a_validator_is_believed_where_nothing_else_can_be_meant(string response, bool trusts, bool selected)
    {
        var settings = RuleSettings.Parts with { TrustsBareNotModified = trusts };
        var bare = Wire.Exchange("", status: 304);

        Freshening.Select([Of(response)], bare, settings, new bool[1]).ShouldBe(selected ? 1 : 0);
        Freshening.Select([Of(response), Of(response)], bare, settings, new bool[2]).ShouldBe(0);
    }

    [Theory]
    [InlineData("Test: a", "", "Test: a")]
    [InlineData("Test: a", "test: b", "test: b")]
    [InlineData("Test: a | Test: b | Other: c", "Test: d", "Other: c | Test: d")]
    [InlineData("Test: a", "Test: b | Test: c", "Test: b | Test: c")]
    [InlineData("A: 1", "New: 2", "A: 1 | New: 2")]
    [InlineData("Content-Type: text/plain", "Content-Type: text/plain;charset=utf-8", "Content-Type: text/plain;charset=utf-8")]
    [InlineData("Content-Location: /a", "Content-Location: /b", "Content-Location: /b")]
    [InlineData("Content-Length: 5", "Content-Length: 0", "Content-Length: 5")]
    [InlineData("Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: gzip")]
    [InlineData("A: 1", "Content-Range: bytes 0-1/2", "A: 1")]
    [InlineData("A: 1", "Content-Encoding: br", "A: 1")]
    [InlineData("A: 1 | B: 2", "Connection: a | A: 3 | B: 4", "A: 1 | B: 4")]
    [InlineData("A: 1", "Transfer-Encoding: chunked | Keep-Alive: x | Proxy-Authenticate: y | TE: z", "A: 1")]
    [InlineData("Cache-Control: max-age=60, no-cache=\"a\"", "A: 3", "Cache-Control: max-age=60, no-cache=\"a\"")]
    [InlineData("A: 1", "Set-Cookie: a=b", "A: 1")]
    public void Each_field_of_the_update_takes_the_place_of_the_stored_one(string stored, string update, string merged)
    {
        const string Rest = " | Date: {0}";
        var freshened = Freshening.Freshen(Wire.Fields(stored), 200, Wire.Exchange(update + Rest, status: 304), RuleSettings.Parts);

        Wire.Text(freshened.Fields).ShouldBe(Wire.Text(Wire.Fields(merged + Rest)));
    }

    [Theory]
    [InlineData("max-age=60, public", "a=c")]
    [InlineData("max-age=60", "a=b")]
    public void A_cookie_is_updated_where_it_may_be_stored(string directives, string cookie)
    {
        var stored = Wire.Fields($"Cache-Control: {directives} | Set-Cookie: a=b");
        var freshened = Freshening.Freshen(stored, 200, Wire.Exchange("Set-Cookie: a=c", status: 304), RuleSettings.Proxy);

        freshened.Fields.First("Set-Cookie").ShouldBe(cookie);
    }

    [Theory]
    [InlineData("Cache-Control: max-age=1 | Date: {-50}", "Cache-Control: max-age=60 | Date: {-2}", 60, 2)]
    [InlineData("Cache-Control: max-age=30 | Date: {-50}", "Date: {-2}", 30, 2)]
    [InlineData("Cache-Control: max-age=30 | Date: {-50}", "", 30, 0)]
    [InlineData("Cache-Control: max-age=30 | Date: {-50}", "Age: 7", 30, 7)]
    [InlineData("Expires: {-40} | Date: {-50}", "Expires: {20} | Date: {0}", 20, 0)]
    [InlineData("Cache-Control: max-age=60 | CDN-Cache-Control: max-age=9", "Cache-Control: max-age=70", 9, 0)]
    public void The_update_brings_a_lifetime_and_an_age_of_its_own(string stored, string update, uint lifetime, uint age)
    {
        var freshened = Freshening.Freshen(Wire.Fields(stored), 404, Wire.Exchange(update, status: 304), RuleSettings.Parts);

        freshened.Verdict.IsStored.ShouldBeTrue();
        freshened.Verdict.Policy.Lifetime.ShouldBe(lifetime);
        freshened.Verdict.Policy.InitialAge.ShouldBe(age);
        freshened.Verdict.Policy.Status.ShouldBe((ushort)404);
        freshened.Fields.Has("Age").ShouldBeFalse();
    }

    [Fact]
    public void An_update_may_end_the_storing() =>
        Freshening.Freshen(Wire.Fields("Cache-Control: max-age=60"), 200, Wire.Exchange("Cache-Control: no-store", status: 304), RuleSettings.Parts)
            .Verdict.Refusal.ShouldBe(NotStored.NoStore);

    [Theory]
    [InlineData(200, "", HeadEffect.Update)]
    [InlineData(200, "ETag: \"a\"", HeadEffect.Update)]
    [InlineData(200, "ETag: \"b\"", HeadEffect.MakeInvalid)]
    [InlineData(200, "ETag: W/\"a\"", HeadEffect.MakeInvalid)]
    [InlineData(200, "ETag: bad", HeadEffect.MakeInvalid)]
    [InlineData(200, "ETag: \"a\" | Content-Length: 100", HeadEffect.Update)]
    [InlineData(200, "Content-Length: 101", HeadEffect.MakeInvalid)]
    [InlineData(200, "Content-Length: +100", HeadEffect.MakeInvalid)]
    [InlineData(200, "Content-Length: many", HeadEffect.MakeInvalid)]
    [InlineData(200, "Last-Modified: {-60}", HeadEffect.Update)]
    [InlineData(200, "Last-Modified: {-61}", HeadEffect.MakeInvalid)]
    [InlineData(304, "ETag: \"b\"", HeadEffect.None)]
    [InlineData(410, "", HeadEffect.None)]
    [InlineData(500, "", HeadEffect.None)]
    public void An_answer_to_HEAD_updates_the_response_it_agrees_with(int status, string head, object effect) =>
        Freshening.ByHead(Of("ETag: \"a\" | Last-Modified: {-60}"), 100, Wire.Exchange(head, status: status, method: "HEAD")).ShouldBe((HeadEffect)effect);

    [Fact]
    public void A_year_of_two_digits_is_the_same_year_before_and_after()
    {
        const string Modified = "Last-Modified: Saturday, 02-Nov-24 08:49:37 GMT";

        Freshening.Select([Of(Modified)], Wire.Exchange(Modified, status: 304), RuleSettings.Parts, new bool[1]).ShouldBe(1);
        Freshening.ByHead(Of(Modified), 100, Wire.Exchange(Modified, method: "HEAD")).ShouldBe(HeadEffect.Update);
    }

    [Fact]
    public void After_HEAD_the_response_is_fresh_again()
    {
        var stored = Wire.Fields("A: 1 | Cache-Control: max-age=1 | Content-Length: 100");
        var head = Wire.Exchange("Cache-Control: max-age=60 | A: 2", method: "HEAD");

        var freshened = Freshening.Freshen(stored, 200, head, RuleSettings.Parts);

        freshened.Verdict.Policy.Lifetime.ShouldBe(60u);
        Wire.Text(freshened.Fields).ShouldBe($"Content-Length: 100 | Cache-Control: max-age=60 | A: 2 | Date: {Wire.Date(0)}");
    }

    static StoredPolicy Of(string response) => Wire.Stored($"Cache-Control: max-age=60 | {response}");
}
