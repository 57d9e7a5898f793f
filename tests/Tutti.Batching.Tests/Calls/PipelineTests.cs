using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Tutti.Batching.Tests.Calls;

/// <summary>Each request of a batch is a real request: what the app does for one that comes alone is done for it.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task Middleware_before_routing_runs_for_each_and_so_do_filters_of_the_host()
    {
        var seen = new List<string>();
        await using var host = await Host.StartAsync(
            app =>
            {
                app.Use(next => context =>
                {
                    lock (seen)
                    {
                        seen.Add(context.Request.Path);
                    }

                    return next(context);
                });
                app.UseRouting();
                app.MapGet("/a", (HttpContext context) => context.Items["filter"]).AddEndpointFilter(async (context, next) => $"filtered {await next(context)}");
            },
            services: services => services.AddSingleton<IStartupFilter>(new Marking()));

        var reply = await host.GetAsync("/batch?x=/a&y=/a");

        reply.Text.ShouldBe("""{"x":"filtered marked","y":"filtered marked"}""");
        seen.Order().ShouldBe(["/a", "/a", "/batch"]);
    }

    [Fact]
    public async Task The_accessor_is_right_inside_and_still_right_outside_afterwards()
    {
        // The answer may arrive before the rest of the pipeline has run.
        var after = new TaskCompletionSource<string?>();
        await using var host = await Host.StartAsync(
            app =>
            {
                app.Use(async (context, next) =>
                {
                    var accessor = context.RequestServices.GetRequiredService<IHttpContextAccessor>();
                    await next(context);
                    if (context.Request.Path == "/batch")
                    {
                        after.SetResult(accessor.HttpContext?.Request.Path);
                    }
                });
                app.MapGet("/a/{n}", async (string n, IHttpContextAccessor accessor) =>
                {
                    var early = accessor.HttpContext!.Request.Path;
                    await Task.Yield();
                    return $"{early} {accessor.HttpContext!.Request.Path} {n}";
                });
            },
            services: services => services.AddHttpContextAccessor());

        var reply = await host.GetAsync("/batch?x=/a/1&y=/a/2");

        reply.Text.ShouldBe("""{"x":"/a/1 /a/1 1","y":"/a/2 /a/2 2"}""");
        (await after.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe("/batch");
    }

    [Fact]
    public async Task Each_has_a_scope_of_its_own_that_ends_with_it()
    {
        await using var host = await Host.SampleAsync();
        var alive = Samples.Batching.Basket.Alive;

        var reply = await host.GetAsync("/batch?a=/basket&b=/basket&c=/products/1");

        var numbers = new[] { reply.Json.GetProperty("a").GetProperty("number").GetInt32(), reply.Json.GetProperty("b").GetProperty("number").GetInt32(), reply.Json.GetProperty("c").GetProperty("basket").GetInt32() };
        numbers.Distinct().Count().ShouldBe(3);
        reply.Json.GetProperty("b").GetProperty("path").GetString().ShouldBe("/basket");
        Samples.Batching.Basket.Alive.ShouldBe(alive);
    }

    [Fact]
    public async Task Authentication_and_authorisation_run_for_each_under_the_caller_s_own_credentials()
    {
        await using var host = await Host.SampleAsync();

        var nobody = await host.GetAsync("/batch?me=/me&secret=/products/secret&foo=/foo");
        var bob = await host.GetAsync("/batch?me=/me&secret=/products/secret", ("Authorization", "Bearer bob"));
        var alice = await host.GetAsync("/batch?me=/me&secret=/products/secret", ("Authorization", "Bearer alice"));

        nobody.Header("Batch-Status").ShouldBe("me=401, secret=401, foo=200");
        bob.Header("Batch-Status").ShouldBe("me=200, secret=403");
        alice.Text.ShouldBe("""{"me":{"id":7,"name":"alice"},"secret":"the prices of tomorrow"}""");
    }

    [Fact]
    public async Task They_are_charged_one_by_one_to_rate_limits()
    {
        await using var host = await Host.SampleAsync();

        var reply = await host.GetAsync("/batch?a=/limited&b=/limited&c=/limited&d=/limited&e=/limited");

        reply.Header("Batch-Status")!.Split(", ").Count(status => status.EndsWith("=200", StringComparison.Ordinal)).ShouldBe(3);
        reply.Header("Batch-Status")!.Split(", ").Count(status => status.EndsWith("=429", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task The_batch_is_an_ordinary_endpoint()
    {
        await using var host = await Host.StartAsync(app => app.MapTuttiBatch("/own")
            .AddEndpointFilter(async (context, next) => context.HttpContext.Request.Headers.ContainsKey("X-In") ? await next(context) : Results.StatusCode(418))
            .WithMetadata(new RouteNameMetadata("own")));

        (await host.GetAsync("/own?a=/x")).Status.ShouldBe(418);
        (await host.GetAsync("/own?a=/x", ("X-In", "1"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_limit_of_an_endpoint_for_bodies_holds()
    {
        await using var host = await Host.StartAsync(app => app.MapPost("/small", ([FromBody] string text) => text).WithMetadata(new RequestSizeLimitAttribute(8)));

        var responses = await host.AskAsync(
            new { id = "small", method = "POST", url = "/small", body = "1234" },
            new { id = "large", method = "POST", url = "/small", body = "123456789" });

        responses["small"].GetProperty("body").GetString().ShouldBe("1234");
        responses["large"].GetProperty("status").GetInt32().ShouldBe(413);
    }

    [Fact]
    public async Task What_starts_and_completes_a_response_runs_in_its_order_and_a_started_response_is_fixed()
    {
        var order = new List<string>();
        await using var host = await Host.StartAsync(app => app.MapGet("/a", async (HttpContext context) =>
        {
            context.Response.OnStarting(() => Note("starting 1"));
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Late"] = "yes";
                return Note("starting 2");
            });
            context.Response.OnCompleted(() => Note("completed 1"));
            context.Response.OnCompleted(() => throw new InvalidOperationException());
            context.Response.OnCompleted(() => Note("completed 2"));
            await context.Response.WriteAsync("text");
            order.Add($"started {context.Response.HasStarted}");
            Should.Throw<InvalidOperationException>(() => context.Response.StatusCode = 500);
            Should.Throw<InvalidOperationException>(() => context.Response.Headers["X"] = "1");
        }));

        var responses = await host.AskAsync(new { id = "1", method = "GET", url = "/a" });

        responses["1"].GetProperty("headers").GetProperty("X-Late").GetString().ShouldBe("yes");
        order.ShouldBe(["starting 2", "starting 1", "started True", "completed 2", "completed 1"]);

        Task Note(string what)
        {
            order.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Each_has_an_activity_of_its_own_under_that_of_the_batch()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "Microsoft.AspNetCore", Sample = (ref _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        await using var host = await Host.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                if (context.Request.Path == "/batch")
                {
                    context.Response.Headers["X-Span"] = Activity.Current?.SpanId.ToString();
                }

                return next(context);
            });
            app.MapGet("/a", (HttpContext context) => new { own = Activity.Current!.SpanId.ToString(), parent = Activity.Current.ParentSpanId.ToString(), feature = context.Features.Get<IHttpActivityFeature>()!.Activity.SpanId.ToString(), context.TraceIdentifier });
        });

        var reply = await host.GetAsync("/batch?x=/a&y=/a");

        var (x, y) = (reply.Json.GetProperty("x"), reply.Json.GetProperty("y"));
        x.GetProperty("parent").GetString().ShouldBe(reply.Header("X-Span"));
        y.GetProperty("parent").GetString().ShouldBe(reply.Header("X-Span"));
        x.GetProperty("own").GetString().ShouldNotBe(y.GetProperty("own").GetString());
        x.GetProperty("feature").GetString().ShouldBe(x.GetProperty("own").GetString());
        x.GetProperty("traceIdentifier").GetString().ShouldNotBe(y.GetProperty("traceIdentifier").GetString());
    }

    [Fact]
    public async Task An_address_that_a_proxy_told_is_read_once()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseForwardedHeaders();
                app.MapGet("/who", (HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.Request.Scheme} {context.Request.Host}");
            },
            services: services => services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.All;
                options.KnownProxies.Clear();
                options.KnownIPNetworks.Clear();
            }));
        (string, string)[] proxied = [("X-Forwarded-For", "6.6.6.6, 9.9.9.9"), ("X-Forwarded-Proto", "http, https"), ("X-Forwarded-Host", "a.test, b.test")];

        var alone = await host.GetAsync("/who", proxied);
        var batched = await host.GetAsync("/batch?w=/who", proxied);

        alone.Text.ShouldBe("9.9.9.9 https b.test");
        batched.Json.GetProperty("w").GetString().ShouldBe(alone.Text);
    }

    [Fact]
    public async Task What_middleware_changes_stays_with_its_request()
    {
        await using var host = await Host.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                if (context.Request.Query.ContainsKey("change"))
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse("1.2.3.4");
                    context.User = new ClaimsPrincipal(new ClaimsIdentity("changed"));
                    context.Items["changed"] = true;
                    context.Features.Set(new Marking());
                    context.Request.Headers["X-Changed"] = "1";
                }

                return next(context);
            });
            app.MapGet("/a", (HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.User.Identity?.IsAuthenticated} {context.Items.Count} {context.Features.Get<Marking>() is null} {context.Request.Headers["X-Changed"]}");
        });

        for (var round = 0; round < 20; round++)
        {
            var reply = await host.GetAsync("/batch?x=/a%3Fchange&y=/a&z=/a%3Fchange");

            reply.Text.ShouldBe("""{"x":"1.2.3.4 True 1 False 1","y":"127.0.0.1 False 0 True ","z":"1.2.3.4 True 1 False 1"}""");
        }
    }

    [Fact]
    public async Task Two_lines_are_asked_for_and_the_second_alone_says_so()
    {
        var app = WebApplication.CreateBuilder().Build();

        Should.Throw<InvalidOperationException>(() => app.MapTuttiBatch()).Message.ShouldContain("AddTuttiBatching");
        await app.DisposeAsync();
    }

    /// <summary>A filter of the host, as libraries add them.</summary>
    sealed class Marking : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (context.Request.Path == "/a")
                {
                    context.Items["filter"] = "marked";
                }

                return rest(context);
            });
            next(app);
        };
    }

    sealed record RouteNameMetadata(string Name);
}
