namespace Tutti.Samples.Storefront.Raw;

/// <summary>Answers without end, or so slow that they might as well have none. All stop at the connection's limits.</summary>
public static class EndlessFaults
{
    const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    static readonly string Block = new('x', 64 * 1024);

    /// <summary>The misbehaviours.</summary>
    public static IReadOnlyList<RawFault> All { get; } =
    [
        new("slow-drip", "Sends one byte a second.", DripAsync),
        new("endless-body", "Sends chunks without end.", (connection, ct) =>
            RepeatAfterAsync(connection, $"{Ok}Transfer-Encoding: chunked\r\n\r\n", $"10000\r\n{Block}\r\n", ct)),
        new("endless-headers", "Sends headers without end.", (connection, ct) =>
            RepeatAfterAsync(connection, Ok, string.Concat(Enumerable.Repeat("X-Endless: 1\r\n", 500)), ct)),
        new("endless-1xx", "Sends interim answers without end.", (connection, ct) =>
            connection.RepeatAsync(string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 100)), ct)),
    ];

    static async Task RepeatAfterAsync(RawConnection connection, string head, string text, CancellationToken ct)
    {
        await connection.WriteAsync(head, ct);
        await connection.RepeatAsync(text, ct);
    }

    static async Task DripAsync(RawConnection connection, CancellationToken ct)
    {
        await connection.WriteAsync($"{Ok}Content-Length: 1000\r\n\r\n", ct);
        while (true)
        {
            await connection.WriteAsync(".", ct);
            await connection.PauseAsync(TimeSpan.FromSeconds(1), ct);
        }
    }
}
