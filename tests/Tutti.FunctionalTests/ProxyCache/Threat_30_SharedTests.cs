using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>Threats 29 to 34 at the proxy: what one may see and another may not, and what one says that others would hear.</summary>
public sealed class Threat_30_SharedTests(SharedGateway shared)
{
    [Theory]
    [InlineData("Authorization", "Basic x")]
    [InlineData("X-API-Token", "x")]
    [InlineData("X-API-Authenticate", "x")]
    [InlineData("Cookie", "a=b")]
    public async Task Threat_30_Answers_to_credentials_are_not_shared(string name, string value)
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));

        await service.GetAsync("", (name, value));

        (await service.GetAsync()).Body.ShouldBe("2");
    }

    [Fact]
    public async Task Threat_30_Answers_that_are_for_all_are_shared()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=0, s-maxage=60"));

        await service.GetAsync("", ("X-API-Token", "x"));

        (await service.GetAsync("", ("X-API-Token", "y"))).IsHit.ShouldBeTrue();
    }

    [Fact]
    public async Task Threat_31_A_cookie_is_not_given_to_others()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"), ("Set-Cookie", "a=b"));

        await service.GetAsync();

        (await service.GetAsync()).Body.ShouldBe("2");
    }

    [Fact]
    public async Task Threat_29_The_host_that_the_service_is_told_is_in_the_key()
    {
        await using var service = await CachedService.StartAsync(shared, context =>
            CachedService.AnswerAsync(context, $"{context.Request.Headers["X-Forwarded-Host"]}", ("Cache-Control", "max-age=60")));
        await service.GetAsync("", ("Host", "evil.example"), ("X-Forwarded-Host", "worse.example"));

        var answer = await service.GetAsync();

        answer.IsHit.ShouldBeFalse();
        answer.Body.ShouldStartWith("127.0.0.1:");
    }

    [Theory]
    [InlineData("X-Original-URL")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-Host")]
    public async Task Threat_29_What_would_mislead_the_service_does_not_reach_it(string name)
    {
        await using var service = await CachedService.StartAsync(shared, context =>
            CachedService.AnswerAsync(context, $"{context.Request.Headers[name]}", ("Cache-Control", "max-age=60")));

        await service.GetAsync("", (name, "evil"));

        (await service.GetAsync()).Body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Threat_33_An_error_is_not_stored_unless_it_says_so(int status)
    {
        await using var service = await CachedService.StartAsync(shared, context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        await service.GetAsync();
        await service.GetAsync();

        service.Calls.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Threat_32_A_get_with_a_body_is_nobody_elses()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{service.Name}");
        request.Content = new StringContent("evil");

        using var answer = await service.World.Client.SendAsync(request, TestContext.Current.CancellationToken);

        (await service.GetAsync()).Body.ShouldBe("2");
    }
}
