using CsCheck;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Structured;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9211: what is told in Cache-Status.</summary>
public sealed class Rfc9211_CacheStatusTests
{
    [Fact]
    public void A_hit_tells_how_long_it_stays_fresh()
    {
        new CacheStatus { TimeToLive = 376 }.Write("Tutti").ShouldBe("Tutti; hit; ttl=376");
        new CacheStatus { TimeToLive = -412, Key = "part a\"b\\", Detail = "late" }.Write("Tutti").ShouldBe("Tutti; hit; ttl=-412; key=\"part a\\\"b\\\\\"; detail=late");
    }

    [Fact]
    public void A_forwarded_request_tells_why()
    {
        new CacheStatus { Forwarded = ForwardReason.UriMiss, Stored = true, Collapsed = true }.Write("Tutti").ShouldBe("Tutti; fwd=uri-miss; stored; collapsed");
        new CacheStatus { Forwarded = ForwardReason.Stale, ForwardedStatus = 304, TimeToLive = 60 }.Write("Tutti").ShouldBe("Tutti; fwd=stale; fwd-status=304; ttl=60");
    }

    [Theory]
    [InlineData(ForwardReason.Bypass, "bypass")]
    [InlineData(ForwardReason.Method, "method")]
    [InlineData(ForwardReason.UriMiss, "uri-miss")]
    [InlineData(ForwardReason.VaryMiss, "vary-miss")]
    [InlineData(ForwardReason.Miss, "miss")]
    [InlineData(ForwardReason.Request, "request")]
    [InlineData(ForwardReason.Stale, "stale")]
    [InlineData(ForwardReason.Partial, "partial")]
    public void Each_reason_has_its_name(object reason, string name) =>
        new CacheStatus { Forwarded = (ForwardReason)reason }.Write("Tutti").ShouldBe($"Tutti; fwd={name}");

    [Fact]
    public void Only_forwarded_requests_were_stored_or_collapsed() =>
        new CacheStatus { Stored = true, Collapsed = true, ForwardedStatus = 200 }.Write("Tutti").ShouldBe("Tutti; hit");

    [Theory]
    [InlineData("tutti-1:9000/a", "tutti-1:9000/a; hit")]
    [InlineData("our cache", "\"our cache\"; hit")]
    [InlineData("1st", "\"1st\"; hit")]
    public void The_name_is_a_token_or_a_string(string cache, string written) => default(CacheStatus).Write(cache).ShouldBe(written);

    [Fact]
    public void Our_member_comes_behind_those_that_are_there() =>
        Wire.Text(new CacheStatus { TimeToLive = 5 }.AppendTo(Wire.Fields("Cache-Status: Origin; hit | A: 1"), "Tutti"))
            .ShouldBe("Cache-Status: Origin; hit | A: 1 | Cache-Status: Tutti; hit; ttl=5");

    [Fact]
    public void Whatever_the_key_it_can_be_read_again_or_is_left_out() =>
        Gen.Select(Gen.String, Gen.Int, Gen.Long, (key, status, ttl) => (key, status, ttl)).Sample(one =>
        {
            var status = new CacheStatus { Forwarded = ForwardReason.Miss, ForwardedStatus = one.status, TimeToLive = one.ttl, Key = one.key, Detail = one.key };
            var parameters = StructuredFields.List(status.Write("Tutti"))!.Single().Item.Parameters!;
            var kept = one.key.All(c => c is >= ' ' and <= '~');

            return parameters["fwd-status"].Number == one.status
                && parameters["ttl"].Number == Math.Clamp(one.ttl, -999_999_999_999_999, 999_999_999_999_999)
                && parameters.ContainsKey("key") == kept && parameters.ContainsKey("detail") == kept
                && (!kept || (parameters["key"].Text == one.key && parameters["detail"].Text == one.key));
        });
}
