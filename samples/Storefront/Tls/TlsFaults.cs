using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Tutti.Samples.Storefront.Raw;

namespace Tutti.Samples.Storefront.Tls;

/// <summary>TLS that no client should accept.</summary>
public static class TlsFaults
{
    /// <summary>The misbehaviours, in the order of their ports.</summary>
    public static IReadOnlyList<RawFault> All { get; } =
    [
        Present("tls-expired", "Presents a certificate that expired yesterday.", TlsCertificates.Expired),
        Present("tls-wrong-name", "Presents a certificate for another host.", TlsCertificates.WrongName),
        Present("tls-self-signed", "Presents a certificate that it signed itself.", TlsCertificates.SelfSigned),
        new("tls-stall", "Accepts the connection and never answers the handshake.", (connection, ct) => connection.StallAsync(ct))
        {
            OwnsConnection = true,
        },
    ];

    static RawFault Present(string name, string sentence, Lazy<X509Certificate2> certificate) =>
        new(name, sentence, (connection, ct) => AnswerAsync(connection, certificate.Value, ct)) { OwnsConnection = true };

    static async Task AnswerAsync(RawConnection connection, X509Certificate2 certificate, CancellationToken ct)
    {
        using var timely = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timely.CancelAfter(RawConnection.MaxTime);
        await using var tls = new SslStream(connection.Stream, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, timely.Token);

        // Only a client that accepts the certificate comes this far; a small request arrives in one read.
        var request = new byte[16 * 1024];
        if (await tls.ReadAsync(request, timely.Token) > 0)
        {
            connection.CountRequest();
            await tls.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 8\r\nConnection: close\r\n\r\naccepted"u8.ToArray(),
                timely.Token);
            await tls.ShutdownAsync();
        }
    }
}
