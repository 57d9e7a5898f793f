namespace Tutti.Samples.Storefront.Raw;

/// <summary>Connections that end or fall silent too early.</summary>
public static class SilenceFaults
{
    const string Begun = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nbegun";

    /// <summary>The misbehaviours.</summary>
    public static IReadOnlyList<RawFault> All { get; } =
    [
        new("close-at-once", "Closes when it has read the request.", (_, _) => Task.CompletedTask),
        new("reset-at-once", "Resets the connection when it has read the request.", (connection, _) =>
        {
            connection.Reset();
            return Task.CompletedTask;
        }),
        new("reset-mid-body", "Resets the connection in the middle of the body.", async (connection, ct) =>
        {
            await connection.WriteAsync(Begun, ct);
            // A reset discards what the client has not read yet; this lets the body's beginning arrive.
            await connection.PauseAsync(TimeSpan.FromMilliseconds(100), ct);
            connection.Reset();
        }),
        new("never-answers", "Reads the request and says nothing.", (connection, ct) => connection.StallAsync(ct)),
        new("stall-in-headers", "Falls silent in the middle of a header.", (connection, ct) =>
            StallAfterAsync(connection, "HTTP/1.1 200 OK\r\nContent-Ty", ct)),
        new("stall-in-body", "Falls silent in the middle of the body.", (connection, ct) => StallAfterAsync(connection, Begun, ct)),
    ];

    static async Task StallAfterAsync(RawConnection connection, string text, CancellationToken ct)
    {
        await connection.WriteAsync(text, ct);
        await connection.StallAsync(ct);
    }
}
