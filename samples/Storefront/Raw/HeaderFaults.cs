using System.Text;

namespace Tutti.Samples.Storefront.Raw;

/// <summary>Headers that are too many, too large or hold what no header may.</summary>
public static class HeaderFaults
{
    const string Begun = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n";

    const string Ended = "\r\nhello";

    /// <summary>The misbehaviours.</summary>
    public static IReadOnlyList<RawFault> All { get; } =
    [
        new("header-flood", "Sends 100,000 headers.", FloodAsync),
        new("huge-header", "Sends a header of 10 MB.", (connection, ct) =>
            connection.WriteAsync($"{Begun}X-Huge: {new string('x', 10_000_000)}\r\n{Ended}", ct)),
        RawFault.Write("nul-in-header", "Sends a NUL in a header's value.", $"{Begun}X-Nul: a\0b\r\n{Ended}"),
        RawFault.Write("cr-in-header", "Sends a bare CR in a header's value.", $"{Begun}X-Cr: a\rSet-Cookie: injected=1\r\n{Ended}"),
        RawFault.Write("control-in-header", "Sends control characters in a header's value.", $"{Begun}X-Control: a\x01\x1B[2Jb\r\n{Ended}"),
        RawFault.Write("folded-header", "Folds a header over two lines.", $"{Begun}X-Folded: a\r\n Set-Cookie: injected=1\r\n{Ended}"),
        RawFault.Write("space-before-colon", "Sends a header with a space before its colon.", $"{Begun}X-Space : a\r\n{Ended}"),
        RawFault.Write("nameless-header", "Sends a header without a name.", $"{Begun}: a\r\n{Ended}"),
    ];

    static Task FloodAsync(RawConnection connection, CancellationToken ct)
    {
        var headers = new StringBuilder(Begun);
        for (var i = 0; i < 100_000; i++)
        {
            headers.Append("X-Flood-").Append(i).Append(": 1\r\n");
        }

        return connection.WriteAsync(headers.Append(Ended).ToString(), ct);
    }
}
