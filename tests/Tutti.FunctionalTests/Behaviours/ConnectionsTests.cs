using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Samples.Storefront.Raw;
using Tutti.Samples.Storefront.Tls;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>How the gateway reaches backends: kept connections, versions of HTTP, proxies, TLS, content codings.</summary>
public sealed class ConnectionsTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    [Fact]
    public async Task A_connection_is_kept_for_the_next_call()
    {
        await using var backend = RawBackend.Start(async (connection, ct) =>
        {
            while (await connection.ReadRequestAsync(ct) is not null)
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", ct);
            }
        });
        var part = await _gateway.RegisterOneAsync(Some.Part($"{backend.Url}/"));

        for (var i = 0; i < 5; i++)
        {
            (await _gateway.AskAsync(Some.Ask(part)))[0].ShouldBeGood("ok");
            await _gateway.Traffic.GetStringAsync($"/parts/{part}");
        }

        (backend.Requests, backend.Accepted).ShouldBe((10, 1));
    }

    [Fact]
    public async Task A_connection_is_given_up_when_its_lifetime_ends()
    {
        await using var gateway = await TestGateway.StartAsync("Backends:ConnectionLifetimeSeconds=1");
        await using var backend = RawBackend.Start(async (connection, ct) =>
        {
            while (await connection.ReadRequestAsync(ct) is not null)
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", ct);
            }
        });
        var part = await gateway.RegisterOneAsync(Some.Part($"{backend.Url}/"));

        await Eventually.TrueAsync(async () =>
        {
            (await gateway.AskAsync(Some.Ask(part)))[0].ShouldBeGood("ok");
            return backend.Accepted > 1;
        });

        backend.Requests.ShouldBeGreaterThan(backend.Accepted);
    }

    [Theory]
    [InlineData("auto", "HTTP/1.1")]
    [InlineData("1.1", "HTTP/1.1")]
    [InlineData("2", "HTTP/2")]
    public async Task Without_TLS_HTTP2_is_spoken_where_the_part_says_so(string version, string spoken)
    {
        await using var backend = await Backend.StartAsync(Protocol, listen => listen.Protocols = version == "2" ? HttpProtocols.Http2 : HttpProtocols.Http1);

        (await _gateway.AskAsync(Speaking(backend.Url, version))).ShouldBeGood(spoken);
    }

    [Theory]
    [InlineData("auto", HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData("auto", HttpProtocols.Http1, "HTTP/1.1")]
    [InlineData("1.1", HttpProtocols.Http1AndHttp2, "HTTP/1.1")]
    [InlineData("2", HttpProtocols.Http2, "HTTP/2")]
    public async Task With_TLS_the_version_is_negotiated(string version, HttpProtocols offered, string spoken)
    {
        await using var backend = await StartTlsAsync(offered);

        (await _gateway.AskAsync(Speaking(backend.Url, version, verifyTls: false))).ShouldBeGood(spoken);
    }

    [Fact]
    public async Task A_backend_that_does_not_speak_the_version_is_told_in_words()
    {
        await using var backend = await StartTlsAsync(HttpProtocols.Http1);

        var answer = await _gateway.AskAsync(Speaking(backend.Url, "2", verifyTls: false));

        Faults.FaultyWorld.ShouldBeRefused(answer);
    }

    [Fact]
    public async Task A_stream_of_HTTP2_that_is_reset_is_the_error_of_its_part_alone()
    {
        await using var backend = await Backend.StartAsync(
            context =>
            {
                if (context.Request.Path == "/reset")
                {
                    context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(errorCode: 2);
                }

                return Protocol(context);
            },
            listen => listen.Protocols = HttpProtocols.Http2);
        var (bad, good) = (Speaking($"{backend.Url}/reset", "2"), Speaking($"{backend.Url}/", "2"));
        await _gateway.RegisterAsync(bad, good);

        var answers = await _gateway.AskAsync(Some.Ask(bad.PartId), Some.Ask(good.PartId));

        Faults.FaultyWorld.ShouldBeRefused(answers[0]);
        answers[1].ShouldBeGood("HTTP/2");
    }

    [Fact]
    public async Task A_certificate_is_checked_unless_the_part_says_otherwise_and_a_strict_part_gains_nothing_by_a_lax_one()
    {
        await using var backend = await StartTlsAsync(HttpProtocols.Http1);
        var (lax, strict) = (Speaking(backend.Url, "auto", verifyTls: false), Speaking(backend.Url, "auto"));
        await _gateway.RegisterAsync(lax, strict);

        var answers = await _gateway.AskAsync(Some.Ask(lax.PartId), Some.Ask(strict.PartId));

        answers[0].ShouldBeGood();
        answers[1].Errors.ShouldHaveSingleItem().ShouldStartWith("TLS failed");
    }

    [Fact]
    public async Task A_proxy_is_asked_for_the_backend_s_whole_address()
    {
        var asked = new TaskCompletionSource<string>();
        await using var proxy = RawBackend.Start(async (connection, ct) =>
        {
            asked.TrySetResult(await connection.ReadRequestAsync(ct) ?? "");
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy", ct);
        });

        (await _gateway.AskAsync(Through(proxy, "http://backend.invalid/a?b=c"))).ShouldBeGood("proxy");

        (await asked.Task).ShouldStartWith("GET http://backend.invalid/a?b=c HTTP/1.1\r\nHost: backend.invalid\r\n");
    }

    [Fact]
    public async Task A_tunnel_that_a_proxy_refuses_is_told_in_words()
    {
        var asked = new TaskCompletionSource<string>();
        await using var proxy = RawBackend.Start(async (connection, ct) =>
        {
            asked.TrySetResult(await connection.ReadRequestAsync(ct) ?? "");
            await connection.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", ct);
        });

        (await _gateway.AskAsync(Through(proxy, "https://backend.invalid/"))).ShouldFailWith("The proxy refused the tunnel");

        (await asked.Task).ShouldStartWith("CONNECT backend.invalid:443 HTTP/1.1\r\n");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("br, gzip")]
    [InlineData("GZIP")]
    public async Task A_coded_body_is_decoded(string coding)
    {
        var body = Encoding.UTF8.GetBytes("coded ü");
        foreach (var name in coding.Split(", "))
        {
            body = Encode(body, name.ToLowerInvariant());
        }

        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = coding;
            return context.Response.Body.WriteAsync(body).AsTask();
        });

        (await _gateway.AskAsync(Some.Part(backend.Url))).ShouldBeGood("coded ü");
    }

    [Fact]
    public async Task Threat_24_codings_upon_codings_are_not_undone()
    {
        var body = Enumerable.Range(0, 5).Aggregate(Encoding.UTF8.GetBytes("deep"), (inner, _) => Encode(inner, "gzip"));
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip, gzip, gzip, gzip, gzip";
            return context.Response.Body.WriteAsync(body).AsTask();
        });

        (await _gateway.AskAsync(Some.Part(backend.Url))).ShouldFailWith("The backend's content coding 'gzip, gzip, gzip, gzip, gzip' is unknown");
    }

    static byte[] Encode(byte[] body, string coding)
    {
        var coded = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "gzip" or "x-gzip" => new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(coded, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(coded, CompressionLevel.Fastest, leaveOpen: true),
            _ => coded,
        })
        {
            encoder.Write(body);
        }

        return coded.ToArray();
    }

    static Task Protocol(HttpContext context) => context.Response.WriteAsync(context.Request.Protocol);

    static Task<Backend> StartTlsAsync(HttpProtocols protocols) => Backend.StartAsync(Protocol, listen =>
    {
        listen.Protocols = protocols;
        listen.UseHttps(TlsCertificates.SelfSigned.Value);
    });

    static PartConfig Speaking(string url, string version, bool verifyTls = true)
    {
        var part = Some.Part(url);
        return part with { Backend = part.Backend with { HttpVersion = version, VerifyTls = verifyTls } };
    }

    static PartConfig Through(RawBackend proxy, string url)
    {
        var part = Some.Part(url);
        return part with { Backend = part.Backend with { Proxy = $"127.0.0.1:{proxy.Port}" } };
    }
}
