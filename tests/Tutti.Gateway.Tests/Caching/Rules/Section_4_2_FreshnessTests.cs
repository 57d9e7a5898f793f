using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Directives;
using Tutti.Gateway.Caching.Rules.Storing;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9111, 4.2: lifetimes and ages.</summary>
public sealed class Section_4_2_FreshnessTests
{
    [Theory]
    [InlineData("Cache-Control: max-age=60", 60)]
    [InlineData("Cache-Control: MaX-aGe=60", 60)]
    [InlineData("Cache-Control: max-age=\"60\"", 60)]
    [InlineData("Cache-Control: max-age=0060", 60)]
    [InlineData("Cache-Control: foobar, max-age=60 ,, bar=\"a,b\"", 60)]
    [InlineData("Cache-Control: s-maxage=60, max-age=5", 60)]
    [InlineData("Cache-Control: max-age=5 | Cache-Control: s-maxage=60", 60)]
    [InlineData("Cache-Control: s-maxage=5, max-age=60 | Expires: {600}", 5)]
    [InlineData("Cache-Control: max-age=60 | Expires: {-600}", 60)]
    [InlineData("Cache-Control: max-age=60 | Expires: 0", 60)]
    [InlineData("Cache-Control: max-age=0 | Expires: {600}", 0)]
    [InlineData("Expires: {60} | Date: {0}", 60)]
    [InlineData("Expires: {60}", 60)]
    [InlineData("Expires: {60} | Date: foo", 60)]
    [InlineData("Expires: {60} | Date: {-10}", 70)]
    [InlineData("Expires: {300} | Date: {400}", 0)]
    [InlineData("Expires: {0} | Date: {0}", 0)]
    [InlineData("Expires: {-60}", 0)]
    public void The_first_of_s_maxage_max_age_and_Expires_is_the_lifetime(string response, int seconds) => LifetimeOf(response).ShouldBe((uint)seconds);

    [Theory]
    [InlineData("Cache-Control: max-age")]
    [InlineData("Cache-Control: max-age=")]
    [InlineData("Cache-Control: max-age=\"\"")]
    [InlineData("Cache-Control: max-age=a60")]
    [InlineData("Cache-Control: max-age=60a")]
    [InlineData("Cache-Control: max-age=-60")]
    [InlineData("Cache-Control: max-age=+60")]
    [InlineData("Cache-Control: max-age=60.0")]
    [InlineData("Cache-Control: max-age='60'")]
    [InlineData("Cache-Control: max-age =60")]
    [InlineData("Cache-Control: max-age= 60")]
    [InlineData("Cache-Control: max-age=6 0")]
    [InlineData("Cache-Control: max-age=\"60")]
    [InlineData("Cache-Control: max-age=\"60\"0")]
    [InlineData("Cache-Control: max-age=60;x")]
    [InlineData("Cache-Control: max-age=bad | Expires: {60}")]
    [InlineData("Cache-Control: s-maxage=bad, max-age=60")]
    [InlineData("Cache-Control: max-age=60, max-age=bad")]
    [InlineData("Cache-Control: extension=\"max-age=60\"")]
    [InlineData("Expires: 0")]
    [InlineData("Expires:")]
    [InlineData("Expires: -1")]
    [InlineData("Expires: tomorrow")]
    public void A_lifetime_that_cannot_be_read_is_none(string response) => LifetimeOf(response).ShouldBe(0u);

    [Theory]
    [InlineData("Cache-Control: max-age=60, max-age=60", 60)]
    [InlineData("Cache-Control: max-age=60 | Cache-Control: max-age=\"060\"", 60)]
    [InlineData("Cache-Control: max-age=1800, max-age=1", 0)]
    [InlineData("Cache-Control: max-age=1 | Cache-Control: max-age=1800", 0)]
    [InlineData("Cache-Control: max-age=1, extension=\"max-age=3600\"", 1)]
    [InlineData("Expires: {60} | Expires: {60}", 60)]
    [InlineData("Expires: {60} | Expires: {600}", 0)]
    public void What_is_said_twice_must_be_said_the_same_way(string response, int seconds) => LifetimeOf(response).ShouldBe((uint)seconds);

    [Theory]
    [InlineData("2147483647", 2147483647)]
    [InlineData("2147483648", 2147483648)]
    [InlineData("2147483649", 2147483648)]
    [InlineData("99999999999", 2147483648)]
    [InlineData("99999999999999999999999999999999999999999999", 2147483648)]
    public void A_number_that_is_too_large_is_two_to_the_31(string number, uint seconds) => LifetimeOf($"Cache-Control: max-age={number}").ShouldBe(seconds);

    [Theory]
    [InlineData("Sun, 06 Nov 2050 08:49:37 GMT", true)]
    [InlineData("SUN, 06 nOV 2050 08:49:37 gmt", true)]
    [InlineData("Sunday, 06-Nov-50 08:49:37 GMT", true)]
    [InlineData("Sun Nov  6 08:49:37 2050", true)]
    [InlineData("Sun Nov 16 08:49:37 2050", true)]
    [InlineData("Sunday, 06-Nov-80 08:49:37 GMT", false)]
    [InlineData("Sun, 06 Nov 2050 08:49:37 UTC", false)]
    [InlineData("Sun, 06 Nov 2050 08:49:37", false)]
    [InlineData("Sun, 06 Nov 2050 08:49:37 +0000", false)]
    [InlineData("Sun, 06 Nov 50 08:49:37 GMT", false)]
    [InlineData("Sun 06 Nov 2050 08:49:37 GMT", false)]
    [InlineData("Sun, 06  Nov  2050 08:49:37 GMT", false)]
    [InlineData("Sun, 06-Nov-2050 08:49:37 GMT", false)]
    [InlineData("Sun, 06 Nov 2050 08.49.37 GMT", false)]
    [InlineData("Sun, 06 Nov 2050 8:49:37 GMT", false)]
    [InlineData("Sun, 6 Nov 2050 08:49:37 GMT", false)]
    [InlineData("Sun,06 Nov 2050 08:49:37 GMT", false)]
    [InlineData("Sun, 31 Feb 2050 08:49:37 GMT", false)]
    [InlineData("Someday, 06 Nov 2050 08:49:37 GMT", false)]
    [InlineData("2050-11-06T08:49:37Z", false)]
    public void Dates_have_three_forms_and_no_zone_but_GMT(string expires, bool fresh) => (LifetimeOf($"Expires: {expires}") > 0).ShouldBe(fresh);

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("Date: {0}", 0, 0)]
    [InlineData("Date: {-30}", 0, 30)]
    [InlineData("Date: {30}", 0, 0)]
    [InlineData("Date: foo", 0, 0)]
    [InlineData("Age: 20", 0, 20)]
    [InlineData("Age: 20 | Date: {-30}", 0, 30)]
    [InlineData("Age: 40 | Date: {-30}", 0, 40)]
    [InlineData("Age: 20", 5, 25)]
    [InlineData("Date: {-30}", 5, 30)]
    [InlineData("Age: 28 | Date: {-30}", 5, 33)]
    [InlineData("", 5.9, 5)]
    [InlineData("Age: abc", 0, 0)]
    [InlineData("Age: -20", 0, 0)]
    [InlineData("Age: 20.0", 0, 0)]
    [InlineData("Age: 20, 0", 0, 20)]
    [InlineData("Age: 0, 20", 0, 0)]
    [InlineData("Age: 20 | Age: 0", 0, 20)]
    [InlineData("Age: abc, 20", 0, 0)]
    [InlineData("Age: 99999999999", 5, 2147483648)]
    public void The_age_on_arrival_is_the_larger_of_what_Date_and_Age_tell(string response, double delay, uint seconds) =>
        Freshness.InitialAge(Wire.Exchange(response, delay: delay), RuleSettings.Proxy).ShouldBe(seconds);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(0.9, 30)]
    [InlineData(10, 40)]
    [InlineData(-10, 30)]
    [InlineData(9e11, 2147483648)]
    public void The_age_grows_with_the_time_in_the_cache(double resident, uint age)
    {
        var stored = Wire.Stored("Cache-Control: max-age=60 | Age: 30");

        stored.AgeAt(TimeSpan.FromSeconds(resident)).ShouldBe(age);
        stored.TimeToLive(TimeSpan.FromSeconds(resident)).ShouldBe(60L - age);
    }

    [Theory]
    [InlineData("Last-Modified: {-1000}", 200, 100)]
    [InlineData("Last-Modified: {-1000} | Date: {-500}", 200, 50)]
    [InlineData("Last-Modified: {-1000}", 404, 100)]
    [InlineData("Last-Modified: {-1000}", 201, 0)]
    [InlineData("Last-Modified: {-1000}", 599, 0)]
    [InlineData("Last-Modified: {-1000} | Cache-Control: public", 599, 100)]
    [InlineData("Last-Modified: {-1000} | Cache-Control: max-age=5", 200, 5)]
    [InlineData("Last-Modified: {-1000} | Cache-Control: max-age=bad", 200, 0)]
    [InlineData("Last-Modified: {-1000} | Expires: 0", 200, 0)]
    [InlineData("Last-Modified: {-1000} | Expires: 0 | CDN-Cache-Control: public", 200, 100)]
    [InlineData("Last-Modified: {1000}", 200, 0)]
    [InlineData("Last-Modified: long ago", 200, 0)]
    [InlineData("Last-Modified: {-864000000}", 200, 86400)]
    [InlineData("", 200, 0)]
    public void Without_a_lifetime_a_tenth_of_the_time_since_the_last_change_is_guessed(string response, int status, int seconds)
    {
        LifetimeOf(response, status, RuleSettings.Proxy).ShouldBe((uint)seconds);
        LifetimeOf(response, status).ShouldBe(response.Contains("max-age=5", StringComparison.Ordinal) ? 5u : 0u);
    }

    static uint LifetimeOf(string response, int status = 200, RuleSettings? settings = null)
    {
        var rules = settings ?? RuleSettings.Parts;
        var exchange = Wire.Exchange(response, status: status);
        return Freshness.Lifetime(exchange, ResponseDirectives.Of(exchange.Response, rules.TargetedFields), rules);
    }
}
