using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.Tests.Registry.Services;

/// <summary>The longest and most specific route takes a request, and each changes the path as it says.</summary>
public sealed class RouteTableTests
{
    [Theory]
    [InlineData("/customers", "customers")]
    [InlineData("/customers/", "customers")]
    [InlineData("/customers/1", "customers")]
    [InlineData("/customersx", null)]
    [InlineData("/Customers", null)]
    [InlineData("/customers/vip/1", "vip")]
    [InlineData("/customers/vipx", "customers")]
    [InlineData("/", null)]
    [InlineData("/a/b/c", null)]
    public void The_longest_prefix_of_whole_segments_takes_it(string path, string? service)
    {
        var table = Table(Service("customers"), Service("vip", prefix: "/customers/vip/"));

        table.Find(path, "h", "GET")?.Service.Name.ShouldBe(service);
        (table.Find(path, "h", "GET") is null).ShouldBe(service is null);
    }

    [Fact]
    public void The_root_takes_what_nothing_else_does()
    {
        var table = Table(Service("rest", prefix: "/"), Service("a"));

        table.Find("/", "h", "GET")!.Service.Name.ShouldBe("rest");
        table.Find("/x/y", "h", "GET")!.Service.Name.ShouldBe("rest");
        table.Find("/a/y", "h", "GET")!.Service.Name.ShouldBe("a");
    }

    [Theory]
    [InlineData("/items/7", "GET", "h", "regex")]
    [InlineData("/items/x", "GET", "h", "items")]
    [InlineData("/items/list", "GET", "h", "exact")]
    [InlineData("/items/list/", "GET", "h", "items")]
    [InlineData("/items/x", "POST", "h", "writes")]
    [InlineData("/items/x", "GET", "SHOP.example", "shop")]
    [InlineData("/items/7/deep/more", "GET", "h", "deep")]
    public void The_most_specific_rule_takes_it(string path, string method, string host, string service)
    {
        var table = Table(
            Service("items"),
            Off("regex", new PathRuleConfig { PathRegex = "/items/[0-9]+$" }),
            Off("exact", new PathRuleConfig { Path = "/items/list" }),
            Off("writes", new PathRuleConfig { PathBeg = "/items", Method = "POST" }),
            Off("shop", new PathRuleConfig { PathBeg = "/items", Host = "shop.example" }),
            Off("deep", new PathRuleConfig { PathBeg = "/items/7/deep" }));

        table.Find(path, host, method)!.Service.Name.ShouldBe(service);
    }

    [Theory]
    [InlineData("/customers/a%2Fb", "/customers/a/b", "/a%2Fb")]
    [InlineData("/customers", "/customers", "/")]
    [InlineData("/customers/", "/customers/", "/")]
    [InlineData("/cust%6Fmers/x%20y", "/customers/x y", "/x%20y")]
    public void A_stripped_prefix_goes_and_the_rest_stays_as_it_came(string raw, string path, string sent)
    {
        var route = Table(Service("customers", strip: true)).Find(path, "h", "GET")!;

        route.PathFor(raw, path).ShouldBe(sent);
        route.Stripped.ShouldBe("/customers");
    }

    [Theory]
    [InlineData("{\"pathBeg\":\"/a/b\",\"rewrite\":\"/x\"}", "/a/b/c%20d", "/x/c%20d")]
    [InlineData("{\"path\":\"/a\",\"rewrite\":\"/x/y\"}", "/a", "/x/y")]
    [InlineData("{\"pathRegex\":\"/i/([0-9]+)/(.*)\",\"rewrite\":\"/\\\\2/\\\\1\"}", "/i/7/a%2Fb", "/a%2Fb/7")]
    [InlineData("{\"pathRegex\":\"/i/([0-9]+)\",\"rewrite\":\"/j/\\\\1\"}", "/i/7/rest", "/j/7/rest")]
    public void A_rewrite_replaces_what_matched(string rule, string raw, string sent)
    {
        var parsed = System.Text.Json.JsonSerializer.Deserialize<PathRuleConfig>(rule, System.Text.Json.JsonSerializerOptions.Web)!;
        var path = RoutePattern.Decoded(raw);

        Table(Off("s", parsed)).Find(path, "h", "GET")!.PathFor(raw, path).ShouldBe(sent);
    }

    [Fact]
    public void The_number_of_services_and_slashes_costs_nothing()
    {
        var table = Table([.. Enumerable.Range(0, 10_000).Select(n => Service($"s{n}"))]);

        table.Find("/s9999/x", "h", "GET")!.Service.Name.ShouldBe("s9999");
        table.Find(new string('/', 8_000), "h", "GET").ShouldBeNull();
    }

    [Theory]
    [InlineData("customers", null, "route.prefix")]
    [InlineData("other", "/customers/", "route.prefix")]
    [InlineData("parts", null, "route.prefix")]
    [InlineData("x", "/octoparts/3", "route.prefix")]
    [InlineData("x", "no-slash", "route.prefix")]
    [InlineData("x", "/a/../b", "route.prefix")]
    public void A_conflict_is_told_at_registration(string name, string? prefix, string field)
    {
        var first = Config("customers") with { Name = "first", Route = new RouteConfig { Prefix = "/customers" } };
        var config = Config(name, prefix);

        Faults(config, first, config).ShouldContain(field);
    }

    [Theory]
    [InlineData("(?=x)")]
    [InlineData("(")]
    [InlineData(@"/(a)\1")]
    public void An_expression_that_could_take_for_ever_is_refused(string expression)
    {
        var config = Config("x") with { Rules = [new PathRuleConfig { PathRegex = expression }] };

        Faults(config, config).ShouldBe(["rules[0].pathRegex"]);
    }

    static string[] Faults(ServiceConfig service, params ServiceConfig[] all) =>
        [.. ServiceRules.Check(service, new ServiceFacts(Given.Registry() with { Services = all })).Select(fault => fault.Field)];

    static RouteTable Table(params ServiceModel[] services) => new(services);

    static ServiceConfig Config(string name, string? prefix = null, bool strip = false) =>
        new() { Name = name, Route = new RouteConfig { Prefix = prefix, Strip = strip } };

    static ServiceModel Service(string name, string? prefix = null, bool strip = false) => ServiceModel.Compile(Config(name, prefix, strip), []);

    static ServiceModel Off(string name, PathRuleConfig rule) =>
        ServiceModel.Compile(Config(name) with { Route = new RouteConfig { Off = true }, Rules = [rule] }, []);
}
