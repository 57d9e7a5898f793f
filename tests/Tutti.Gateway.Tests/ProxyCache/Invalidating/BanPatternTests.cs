using Tutti.Gateway.ProxyCache.Invalidating;

namespace Tutti.Gateway.Tests.ProxyCache.Invalidating;

/// <summary>Patterns come through request lines with escapes.</summary>
public sealed class BanPatternTests
{
    [Theory]
    [InlineData("/v[0-9]+/things($|\\?)", "^/v[0-9]+/things($|\\?)")]
    [InlineData("/v%5B0-9%5D+/things($%7C%5C%3F)", "^/v[0-9]+/things($|\\?)")]
    [InlineData("/v%5b0-9%5d+/things/1($%7c/%7c%5c%3f)", "^/v[0-9]+/things/1($|/|\\?)")]
    [InlineData("/a%2Fb", "^/a%2Fb")]
    public void Escapes_of_the_request_line_are_taken_off(string written, string pattern) => BanPattern.Of(written).ShouldBe(pattern);
}
