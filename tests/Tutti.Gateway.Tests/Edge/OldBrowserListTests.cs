using Microsoft.AspNetCore.Http;
using Tutti.Gateway.Edge.OldBrowsers;

namespace Tutti.Gateway.Tests.Edge;

/// <summary>Which browsers are old.</summary>
public sealed class OldBrowserListTests
{
    [Theory]
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)", true)]
    [InlineData("Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)", true)]
    [InlineData("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; .NET CLR 2.0)", true)]
    [InlineData("Mozilla/4.8 [en] (X11; U; SunOS 5.7 sun4u)", true)]
    [InlineData("Opera/9.80 (Windows NT 6.1; U; en) Presto/2.2.15 Version/10.00", true)]
    [InlineData("Lynx/2.8.8dev.3 libwww-FM/2.14", true)]
    [InlineData("Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)", false)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", false)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", false)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", false)]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15", false)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 OPR/106.0.0.0", false)]
    [InlineData("curl/8.5.0", false)]
    [InlineData("", false)]
    public void The_usual_list_tells_old_from_new(string agent, bool isOld) => Has(new OldBrowserOptions(), agent).ShouldBe(isOld);

    [Fact]
    public void A_list_of_ones_own_replaces_it_and_switched_off_there_is_none()
    {
        Has(new OldBrowserOptions { UserAgents = ["^curl/7\\."] }, "curl/7.1").ShouldBeTrue();
        Has(new OldBrowserOptions { UserAgents = ["^curl/7\\."] }, "Mozilla/4.0 (compatible; MSIE 6.0)").ShouldBeFalse();
        Has(new OldBrowserOptions { Enabled = false }, "Mozilla/4.0 (compatible; MSIE 6.0)").ShouldBeFalse();
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(a)\\1")]
    [InlineData("")]
    public void An_expression_that_cannot_be_used_is_a_fault(string expression) =>
        new OldBrowserOptions { UserAgents = [expression] }.Validate(new(new object())).ShouldHaveSingleItem();

    static bool Has(OldBrowserOptions options, string agent) => new OldBrowserList(options).Has(new HeaderDictionary { ["User-Agent"] = agent });
}
