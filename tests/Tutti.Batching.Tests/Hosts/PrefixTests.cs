using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace Tutti.Batching.Tests.Hosts;

/// <summary>Apps below a prefix: urls in a batch have it, as urls outside have it, whoever takes it off.</summary>
public sealed class PrefixTests
{
    const string Sections = """{"x":"/shop /a","y":"/shop /a","z":"/shop /b c"}""";

    [Fact]
    public async Task The_app_takes_it_off()
    {
        await using var host = await Host.StartAsync(app =>
        {
            app.UsePathBase("/shop");
            app.UseRouting();
            MapPaths(app);
        });

        (await host.GetAsync("/shop/batch?x=/shop/a&y=a&z=/SHOP/b%2520c")).Text.ShouldBe(Sections.Replace("/shop /b", "/SHOP /b", StringComparison.Ordinal));
        (await host.GetAsync("/shop/batch?n=/a")).Text.ShouldBe("""{"n":" /a"}""");
        (await host.GetAsync("/batch?n=/a&x=/shop/a")).Text.ShouldBe("""{"n":" /a","x":"/shop /a"}""");
    }

    [Fact]
    public async Task The_server_takes_it_off()
    {
        await using var host = await Host.StartAsync(MapPaths, services: services => PrefixServer.Add(services, "/shop"));

        (await host.GetAsync("/shop/a")).Text.ShouldBe("/shop /a");
        (await host.GetAsync("/shop/batch?x=/shop/a&y=a&z=/shop/b%2520c")).Text.ShouldBe(Sections);
        (await host.GetAsync("/shop/batch?n=/shop/batch?x=/a")).Json.GetProperty("n").GetProperty("title").GetString().ShouldBe("Batch inside a batch");
    }

    [Fact]
    public async Task The_server_takes_off_one_and_the_app_another()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UsePathBase("/inner");
                app.UseRouting();
                MapPaths(app);
            },
            services: services => PrefixServer.Add(services, "/outer"));

        (await host.GetAsync("/outer/inner/batch?x=/outer/inner/a&y=a&z=/outer/a")).Text.ShouldBe("""{"x":"/outer/inner /a","y":"/outer/inner /a","z":"/outer /a"}""");
    }

    [Fact]
    public async Task A_proxy_took_it_off_and_told()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseForwardedHeaders();
                app.UseRouting();
                MapPaths(app);
            },
            services: services => services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.All;
                options.KnownProxies.Clear();
                options.KnownIPNetworks.Clear();
            }));

        (await host.GetAsync("/batch?x=/shop/a&y=a&z=/shop/b%2520c", ("X-Forwarded-Prefix", "/shop"))).Text.ShouldBe(Sections);
    }

    [Fact]
    public async Task A_branch_of_the_app_has_it()
    {
        await using var host = await Host.StartAsync(app => app.Map("/shop", branch =>
        {
            branch.UseRouting();
            branch.UseEndpoints(routes =>
            {
                routes.MapTuttiBatch("/batch");
                MapPaths(routes);
            });
        }));

        (await host.GetAsync("/shop/batch?x=/shop/a&y=a&z=/shop/b%2520c")).Text.ShouldBe(Sections);
    }

    static void MapPaths(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "/a", "/b c" })
        {
            routes.MapGet(path, (HttpContext context) => $"{context.Request.PathBase.Value} {context.Request.Path.Value}");
        }
    }
}
