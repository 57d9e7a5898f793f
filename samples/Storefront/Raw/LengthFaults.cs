namespace Tutti.Samples.Storefront.Raw;

/// <summary>Bodies whose framing lies about where they end.</summary>
public static class LengthFaults
{
    const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    const string Chunked = Ok + "Transfer-Encoding: chunked\r\n\r\n";

    /// <summary>The misbehaviours.</summary>
    public static IReadOnlyList<RawFault> All { get; } =
    [
        RawFault.Write("truncated-length", "Declares 100 bytes, sends 9 and closes.", $"{Ok}Content-Length: 100\r\n\r\ntruncated"),
        RawFault.Write("truncated-chunked", "Closes before the last chunk.", $"{Chunked}9\r\ntruncated\r\n"),
        new("excess-length", "Declares 5 bytes, sends a whole second answer after them and stays open.", ExceedAsync),
        RawFault.Write(
            "double-length", "Declares two lengths that differ.", $"{Ok}Content-Length: 5\r\nContent-Length: 11\r\n\r\nhello world"),
        RawFault.Write("negative-length", "Declares a negative length.", $"{Ok}Content-Length: -5\r\n\r\nhello"),
        new("huge-length", "Declares 9,223,372,036,854,775,807 bytes, sends 5 and falls silent.", async (connection, ct) =>
        {
            await connection.WriteAsync($"{Ok}Content-Length: {long.MaxValue}\r\n\r\nhello", ct);
            await connection.StallAsync(ct);
        }),
        RawFault.Write("overflowing-length", "Declares a length of 30 digits.", $"{Ok}Content-Length: {new string('9', 30)}\r\n\r\nhello"),
        RawFault.Write(
            "length-and-chunked",
            "Declares both a length and chunks, which end at different bytes.",
            $"{Ok}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        RawFault.Write("bad-chunk", "Sends a chunk whose size is no number.", $"{Chunked}5\r\nhello\r\nxyz\r\nworld\r\n0\r\n\r\n"),
        RawFault.Write("huge-chunk", "Announces a chunk of 16 hexadecimal digits.", $"{Chunked}7fffffffffffffff\r\nhello\r\n0\r\n\r\n"),
    ];

    static Task ExceedAsync(RawConnection connection, CancellationToken ct)
    {
        // A client that reuses the connection takes the excess for the answer to its next request.
        connection.Reusable = true;
        return connection.WriteAsync($"{Ok}Content-Length: 5\r\n\r\nhello{Ok}Content-Length: 8\r\n\r\npoisoned", ct);
    }
}
