using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tutti.Batching.Tests.Threats;

/// <summary>A request of a batch is authorised as what is executed, and comes from where the batch came from.</summary>
public sealed class Threat_47_PrivilegeTests
{
    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Original-URL", "/secret")]
    [InlineData("X-Metadata", "admin")]
    public async Task Threat_47_a_header_that_overrides_leads_to_nothing_that_the_caller_may_not_do(string header, string value)
    {
        await using var host = await Host.SampleAsync();

        var responses = await host.AskAsync(new { id = "1", method = "GET", url = "/products/secret", headers = new Dictionary<string, string> { [header] = value } });

        responses["1"].GetProperty("status").GetInt32().ShouldBe(401);
    }

    [Fact]
    public async Task Threat_47_a_method_that_middleware_overrides_is_authorised_as_what_it_became()
    {
        await using var host = await Host.StartAsync(app =>
        {
            app.UseHttpMethodOverride();
            app.UseRouting();
            app.MapPost("/a", () => "post");
            app.MapDelete("/a", () => Results.Unauthorized());
        });

        var responses = await host.AskAsync(
            new { id = "1", method = "POST", url = "/a", headers = new Dictionary<string, string> { ["X-HTTP-Method-Override"] = "DELETE" } },
            new { id = "2", method = "POST", url = "/a" });

        responses["1"].GetProperty("status").GetInt32().ShouldBe(401);
        responses["2"].GetProperty("body").GetString().ShouldBe("post");
    }

    [Theory]
    [InlineData("Host", "evil.test")]
    [InlineData("X-Forwarded-For", "1.2.3.4")]
    [InlineData("x-forwarded-host", "evil.test")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=1.2.3.4")]
    [InlineData("X-Real-IP", "1.2.3.4")]
    [InlineData("X-ARR-ClientCert", "x")]
    [InlineData("Connection", "close")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("TE", "trailers")]
    [InlineData("Upgrade", "h2c")]
    [InlineData("Keep-Alive", "1")]
    [InlineData("Proxy-Authorization", "x")]
    [InlineData("X-Forwarded-User", "admin")]
    [InlineData("MS-ASPNETCORE-WINAUTHTOKEN", "1f4")]
    [InlineData("MS-ASPNETCORE-CLIENTCERT", "x")]
    [InlineData("X-Mine", "x")]
    public async Task Threat_47_no_address_host_scheme_or_connection_can_be_set(string header, string value)
    {
        var ran = 0;
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => ++ran), options => options.ProtectedHeaders.Add("X-Mine"));

        var responses = await host.AskAsync(new { id = "1", method = "GET", url = "/a", headers = new Dictionary<string, string> { [header] = value } });

        (responses["1"].GetProperty("status").GetInt32(), ran).ShouldBe((400, 0));
        responses["1"].GetProperty("body").GetProperty("detail").GetString()!.ShouldContain(header);
    }

    [Fact]
    public async Task Threat_47_the_header_by_which_a_proxy_passes_certificates_on_cannot_be_set()
    {
        var ran = 0;
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseCertificateForwarding();
                app.MapGet("/a", () => ++ran);
            },
            services: services => services.AddCertificateForwarding(options => options.CertificateHeader = "X-Own-Certificate"));

        var responses = await host.AskAsync(new { id = "1", method = "GET", url = "/a", headers = new Dictionary<string, string> { ["x-own-certificate"] = "x" } });

        (responses["1"].GetProperty("status").GetInt32(), ran).ShouldBe((400, 0));
    }

    [Fact]
    public async Task Threat_47_headers_of_the_connection_and_those_named_in_it_stay_with_the_batch()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", (HttpContext context) => string.Concat(new[] { "X-Hop", "X-Own", "TE", "Keep-Alive", "Proxy-Authorization", "Connection" }.Select(name => context.Request.Headers[name]))));

        var reply = await host.GetAsync("/batch?a=/a", ("Connection", "X-Hop, TE"), ("X-Hop", "hop"), ("X-Own", "own"), ("TE", "trailers"), ("Keep-Alive", "timeout=5"), ("Proxy-Authorization", "secret"));

        reply.Json.GetProperty("a").GetString().ShouldBe("own");
    }

    [Fact]
    public async Task Threat_47_host_scheme_and_address_are_those_of_the_batch()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", (HttpContext context) => $"{context.Request.Scheme} {context.Request.Host} {context.Connection.RemoteIpAddress} {context.Connection.LocalPort} {context.Request.Protocol} {context.Request.Headers.Connection}"));
        var self = host.Client.BaseAddress!;

        var responses = await host.AskAsync(new { id = "1", method = "GET", url = "/a", headers = new Dictionary<string, string> { ["Host"] = self.Authority, ["Content-Length"] = "0" } });

        responses["1"].GetProperty("body").GetString().ShouldBe($"http {self.Authority} 127.0.0.1 {self.Port} HTTP/1.1 ");
    }
}
