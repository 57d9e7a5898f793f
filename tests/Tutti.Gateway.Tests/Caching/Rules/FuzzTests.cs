using CsCheck;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Storing;
using Tutti.Gateway.Caching.Rules.Structured;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>Whatever a backend or a client sends: nothing throws, and the time grows with the length alone.</summary>
public sealed class FuzzTests
{
    static readonly string[] ResponseNames =
    [
        "Cache-Control", "CDN-Cache-Control", "Expires", "Date", "Age", "Last-Modified", "ETag", "Vary", "Connection", "Cache-Groups", "Location", "Content-Location",
        "Cache-Group-Invalidation", "Content-Length", "Set-Cookie",
    ];

    static readonly string[] RequestNames = ["Cache-Control", "Pragma", "If-None-Match", "If-Modified-Since", "If-Range", "Range", "Accept", "Cookie"];

    static readonly Gen<string> Values = Gen.OneOf(
        Gen.String,
        Gen.Char["\"\\,;=()*:?@%-_ \t.019aWA/"].Array[0, 30].Select(chars => new string(chars)),
        Gen.OneOfConst("max-age", "no-cache=\"", "W/\"", "bytes=", "accept", "*", ":aa", "%\"%f", "@1", "-", "Sun, 06 Nov 1994",
                "Sunday, 29-Feb-99 08:49:37 GMT", " GMT", "Sun Nov  6 ")
            .Array[0, 8].Select(pieces => string.Concat(pieces)));

    static readonly Gen<HeaderField[]> Response = Lines(ResponseNames);

    static readonly Gen<HeaderField[]> Request = Lines(RequestNames);

    [Fact]
    public void Nothing_throws() => Gen.Select(Response, Request, Gen.Int[100, 600], Gen.Int).Sample(
        (response, request, status, seconds) => RunAll(new HeaderFields(response), new HeaderFields(request), status, TimeSpan.FromSeconds(seconds)),
        iter: 5_000);

    [Theory]
    [InlineData(",")]
    [InlineData("\"")]
    [InlineData("a,")]
    [InlineData("a=\"")]
    [InlineData("a=\"\\\",")]
    [InlineData("a=\"\\\"")]
    [InlineData("no-cache=a,")]
    [InlineData("no-cache=\"a\",private=\"b\",")]
    [InlineData("W/\"")]
    [InlineData("W/\"a\",")]
    [InlineData("\"a\", ")]
    [InlineData("\" ,")]
    [InlineData("\\")]
    [InlineData(" ")]
    [InlineData("\t,")]
    [InlineData("=")]
    [InlineData("a;b;c=1,")]
    [InlineData("a;a")]
    [InlineData("(")]
    [InlineData("(a ")]
    [InlineData("(),")]
    [InlineData("%\"%c3")]
    [InlineData(":a")]
    [InlineData("9")]
    [InlineData("*")]
    [InlineData("bytes=-")]
    [InlineData("max-age=1,")]
    public void A_very_long_value_is_read_at_once(string piece)
    {
        var value = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        var response = new HeaderFields([.. ResponseNames.Select(name => new HeaderField(name, value))]);
        var request = new HeaderFields([.. RequestNames.Select(name => new HeaderField(name, value))]);
        var began = TimeProvider.System.GetTimestamp();

        RunAll(response, request, 200, TimeSpan.Zero);

        // What is not linear takes minutes.
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Very_many_lines_are_read_at_once()
    {
        var names = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"n{i}"));
        var lines = Enumerable.Range(0, 20_000).Select(i => new HeaderField($"n{i}", "v"));
        var response = new HeaderFields([new("Connection", names), new("Cache-Control", $"max-age=60, no-cache=\"{names}\""), new("Vary", names), .. lines]);
        var began = TimeProvider.System.GetTimestamp();

        RunAll(response, response, 200, TimeSpan.Zero);

        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        StoredFields.Of(response, Wire.Now, RuleSettings.Parts).Lines.Length.ShouldBe(3);
    }

    static void RunAll(HeaderFields response, HeaderFields request, int status, TimeSpan resident)
    {
        var exchange = Wire.Exchange("") with { Request = request, Response = response, Status = status };
        var asked = CacheRequest.Of("GET", request, RuleSettings.Parts);
        foreach (var settings in new[] { RuleSettings.Parts, RuleSettings.Proxy })
        {
            var policy = StoreRules.Judge(exchange, settings).Policy with { Vary = "accept,cookie", Variant = VaryRules.Variant("accept,cookie", response) };
            ReuseRules.Judge(policy, asked, resident);
            ValidationRules.ConditionsOf(policy);
            ValidationRules.Answer(policy with { Status = 200, ETag = "\"a\"" }, asked, 100, Wire.Now, out _);
            Freshening.Select([policy], exchange, settings, new bool[1]);
            Freshening.ByHead(policy, 100, exchange with { Status = 200 });
            Freshening.Freshen(StoredFields.Of(response, Wire.Now, settings), 200, exchange, settings);
        }

        VaryRules.Variant("accept,cookie", request);
        InvalidationRules.Judge("POST", new Uri("http://b.test/a"), 200, response);
        InvalidationRules.Groups("POST", 200, response);
        CacheGroups.Of(response);
        foreach (var value in response.Lines.ToArray().Select(line => line.Value).Distinct(StringComparer.Ordinal))
        {
            StructuredFields.Item(value);
            StructuredFields.List(value);
            StructuredFields.Dictionary(value);
        }
    }

    static Gen<HeaderField[]> Lines(string[] names) =>
        Gen.Select(Gen.OneOfConst(names), Values, (name, value) => new HeaderField(name, value)).Array[0, 8];
}
