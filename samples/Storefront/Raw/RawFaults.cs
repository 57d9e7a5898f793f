using Tutti.Samples.Storefront.Tls;

namespace Tutti.Samples.Storefront.Raw;

/// <summary>The table of all misbehaviours below HTTP, by name.</summary>
public static class RawFaults
{
    const string Prefix = "/raw/";

    const string Internal = Prefix + "internal";

    /// <summary>Every misbehaviour, in the order in which they are listed.</summary>
    public static IReadOnlyDictionary<string, RawFault> All { get; } = new OrderedDictionary<string, RawFault>(
        new[] { LengthFaults.All, SilenceFaults.All, EndlessFaults.All, HeaderFaults.All, StatusFaults.All, TlsFaults.All }
            .SelectMany(faults => faults)
            .Select(fault => KeyValuePair.Create(fault.Name, fault)));

    /// <summary>The answer to a request target: the misbehaviour that it names, else a 404 that lists nothing.</summary>
    public static Func<RawConnection, CancellationToken, Task> ByPath(string target)
    {
        var path = target.Split('?')[0];
        if (path == Internal)
        {
            return (connection, ct) => AnswerAsync(connection, "200 OK", "internal page: no redirect may lead here", ct);
        }

        return path.StartsWith(Prefix, StringComparison.Ordinal)
            && All.TryGetValue(path[Prefix.Length..], out var fault)
            && !fault.OwnsConnection
            ? fault.Answer
            : (connection, ct) => AnswerAsync(connection, "404 Not Found", "no such misbehaviour", ct);
    }

    static Task AnswerAsync(RawConnection connection, string status, string body, CancellationToken ct)
    {
        connection.Reusable = true;
        return connection.WriteAsync(
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}", ct);
    }
}
