using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Tutti.Gateway.Calls.Connections;
using Tutti.Gateway.Registry;
using ZstdSharp;

namespace Tutti.Gateway.Calls;

/// <summary>Turns what HttpClient throws into a failure and a sentence for people.</summary>
internal static class BackendTrouble
{
    /// <summary>Whether an exception tells of the backend or of the deadline, and not of a mistake in this program.</summary>
    public static bool Is(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or SocketException or ZstdException;

    public static PartOutcome Tell(Exception e, PartModel part, CallBudget budget, SilenceTimer silence)
    {
        if (budget.Token.IsCancellationRequested)
        {
            return budget.Spent();
        }

        if (silence.HasRung)
        {
            return PartOutcome.Failed(PartFailure.Silent, $"No data for {part.Config.Backend.ReadTimeout} ms");
        }

        return e switch
        {
            OperationCanceledException => PartOutcome.Failed(
                PartFailure.Unreachable, $"No connection within {part.Config.Backend.ConnectTimeout} ms"),
            HttpRequestException http => Tell(http, part),
            InvalidDataException or ZstdException => PartOutcome.Failed(
                PartFailure.Undecodable, "The body does not hold to its content coding"),
            HttpIOException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => TooManyHeaders(),
            _ => Broken(e),
        };
    }

    static PartOutcome Tell(HttpRequestException e, PartModel part)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case NoInstanceException none:
                    return PartOutcome.Failed(PartFailure.Unreachable, none.Message);
                case AddressRefusedException refused:
                    return PartOutcome.Failed(PartFailure.Unreachable, refused.Message);
                case AuthenticationException tls:
                    // Where there is more inside, the message only points there.
                    return PartOutcome.Failed(PartFailure.Unreachable, tls.InnerException is null ? $"TLS failed: {tls.Message}" : "TLS failed in the handshake");
            }
        }

        return e.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => PartOutcome.Failed(
                PartFailure.Unreachable, $"The host {part.Template!.Origin.Host} is unknown"),
            HttpRequestError.ConnectionError => PartOutcome.Failed(PartFailure.Unreachable, Connection(e)),
            HttpRequestError.SecureConnectionError => PartOutcome.Failed(PartFailure.Unreachable, "TLS failed"),
            HttpRequestError.ProxyTunnelError => PartOutcome.Failed(PartFailure.Unreachable, "The proxy refused the tunnel"),
            HttpRequestError.ConfigurationLimitExceeded => TooManyHeaders(),
            _ => Broken(e),
        };
    }

    static string Connection(HttpRequestException e) => e.InnerException is SocketException socket
        ? socket.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "Connection refused",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "The host is unknown",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable => "The host is unreachable",
            var code => $"Connection failed ({code})",
        }
        : "Connection failed";

    static PartOutcome TooManyHeaders() => PartOutcome.Failed(
        PartFailure.TooLarge, "The response headers are larger than Tutti:Backends:MaxHeaderKilobytes");

    static PartOutcome Broken(Exception e)
    {
        var error = e switch
        {
            HttpIOException io => io.HttpRequestError,
            HttpRequestException http => http.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        return PartOutcome.Failed(PartFailure.BrokenAnswer, error switch
        {
            HttpRequestError.ResponseEnded => "The backend closed the connection before its answer was complete",
            HttpRequestError.InvalidResponse => "The backend's answer is not HTTP",
            HttpRequestError.HttpProtocolError => "The backend broke the HTTP/2 protocol",
            HttpRequestError.VersionNegotiationError => "The backend does not speak the HTTP version of this part",
            _ => "The connection broke",
        });
    }
}
