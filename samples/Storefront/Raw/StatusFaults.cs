namespace Tutti.Samples.Storefront.Raw;

/// <summary>First lines that are no answer to the request.</summary>
public static class StatusFaults
{
    const string Body = "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

    /// <summary>The misbehaviours.</summary>
    public static IReadOnlyList<RawFault> All { get; } =
    [
        RawFault.Write("garbage", "Sends bytes that are no HTTP.", "\x01\x02\xFF\xFE garbage \0\r\n\r\n\x16\x03\x01"),
        RawFault.Write("http09", "Sends a page without status line and headers, as HTTP/0.9 did.", "<html><body>hello</body></html>\r\n"),
        RawFault.Write("http3-version", "Claims the version HTTP/3.7.", $"HTTP/3.7 200 OK\r\n{Body}"),
        RawFault.Write("status99", "Answers with the status 99.", $"HTTP/1.1 99 Too Low\r\n{Body}"),
        RawFault.Write("status999", "Answers with the status 999.", $"HTTP/1.1 999 Too High\r\n{Body}"),
        RawFault.Write("status-text", "Answers with a status that is no number.", $"HTTP/1.1 OK\r\n{Body}"),
        new("status101", "Switches to a protocol that nobody asked for.", async (connection, ct) =>
        {
            await connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: nonsense\r\n\r\nhello", ct);
            await connection.StallAsync(ct);
        }),
        RawFault.Write("body-on-204", "Answers 204 with a body.", $"HTTP/1.1 204 No Content\r\n{Body}"),
    ];
}
