using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Storing;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9111, 3.1: which fields are stored.</summary>
public sealed class Section_3_1_StoredFieldsTests
{
    [Theory]
    [InlineData("Test: 1 | test: 2", "Test: 1 | test: 2")]
    [InlineData("Connection: close | A: 1", "A: 1")]
    [InlineData("Connection: a, B | A: 1 | b: 2 | C: 3", "C: 3")]
    [InlineData("Connection: a | Connection: b | A: 1 | B: 2 | C: 3", "C: 3")]
    [InlineData("Keep-Alive: 1 | TE: 1 | Trailer: 1 | Transfer-Encoding: 1 | Upgrade: 1 | C: 3", "C: 3")]
    [InlineData("Proxy-Authenticate: 1 | Proxy-Authentication-Info: 1 | Proxy-Authorization: 1 | Proxy-Connection: 1 | C: 3", "C: 3")]
    [InlineData("Age: 5 | C: 3", "C: 3")]
    [InlineData("Cache-Control: no-cache=\"a, B\" | A: 1 | b: 2 | C: 3", "Cache-Control: no-cache=\"a, B\" | C: 3")]
    [InlineData("Cache-Control: private=\"a\", no-cache=b | A: 1 | b: 2 | C: 3", "Cache-Control: private=\"a\", no-cache=b | C: 3")]
    [InlineData("Cache-Control: no-cache=\"a\" | CDN-Cache-Control: private=\"b\" | A: 1 | B: 2", "Cache-Control: no-cache=\"a\" | CDN-Cache-Control: private=\"b\" | A: 1")]
    public void Fields_of_the_connection_and_those_that_are_kept_out_are_not_stored(string response, string stored) =>
        Kept(response + " | Date: {-5}").ShouldBe(Wire.Text(Wire.Fields(stored + " | Date: {-5}")));

    [Theory]
    [InlineData("A: 1")]
    [InlineData("Date: yesterday | A: 1")]
    public void Without_a_good_Date_the_time_of_arrival_is_stored(string response) => Kept(response).ShouldBe($"A: 1 | Date: {Wire.Date(0)}");

    static string Kept(string response) => Wire.Text(StoredFields.Of(Wire.Fields(response), Wire.Now, RuleSettings.Parts));
}
