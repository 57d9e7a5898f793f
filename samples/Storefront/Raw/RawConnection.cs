using System.Net.Sockets;
using System.Text;

namespace Tutti.Samples.Storefront.Raw;

/// <summary>One accepted connection: reads request heads, writes any bytes, waits, and can end in a reset.</summary>
public sealed class RawConnection(Socket socket, Action requestRead) : IAsyncDisposable
{
    /// <summary>The longest that one answer, or the wait for one request, may last.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    /// <summary>The most bytes that an unbounded answer sends.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    const int MaxHeadBytes = 64 * 1024;

    readonly byte[] _buffer = new byte[MaxHeadBytes];
    int _buffered;

    /// <summary>The bytes below HTTP.</summary>
    public NetworkStream Stream { get; } = new(socket, ownsSocket: true);

    /// <summary>Whether the connection takes another request once the current answer is written; false before each answer.</summary>
    public bool Reusable { get; set; }

    /// <summary>Reads requests and answers each as chosen by its target, until one answer leaves the connection unusable.</summary>
    public async Task ServeAsync(Func<string, Func<RawConnection, CancellationToken, Task>> choose, CancellationToken ct)
    {
        do
        {
            using var timely = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timely.CancelAfter(MaxTime);
            if (await ReadRequestAsync(timely.Token) is not { } head)
            {
                return;
            }

            Reusable = false;
            var target = head.Split(' ', 3) is [_, var second, _] ? second : "";
            timely.CancelAfter(MaxTime);
            await choose(target)(this, timely.Token);
        }
        while (Reusable);
    }

    /// <summary>
    /// Reads the next request's line and headers; null when the client closes first or sends too much. Bodies are not read.
    /// </summary>
    public async Task<string?> ReadRequestAsync(CancellationToken ct)
    {
        while (true)
        {
            var end = _buffer.AsSpan(0, _buffered).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = Encoding.Latin1.GetString(_buffer, 0, end);
                _buffered -= end + 4;
                Buffer.BlockCopy(_buffer, end + 4, _buffer, 0, _buffered);
                CountRequest();
                return head;
            }

            var read = _buffered == MaxHeadBytes ? 0 : await Stream.ReadAsync(_buffer.AsMemory(_buffered), ct);
            if (read == 0)
            {
                return null;
            }

            _buffered += read;
        }
    }

    /// <summary>Counts a request that was read past <see cref="ReadRequestAsync"/>, as one inside TLS is.</summary>
    public void CountRequest() => requestRead();

    /// <summary>Writes text as Latin-1, so that each character is one byte.</summary>
    public async Task WriteAsync(string text, CancellationToken ct) => await Stream.WriteAsync(Encoding.Latin1.GetBytes(text), ct);

    /// <summary>Writes the same text again and again, until the client leaves, the time is up or <see cref="MaxBytes"/> are sent.</summary>
    public async Task RepeatAsync(string text, CancellationToken ct)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (long sent = 0; sent < MaxBytes; sent += bytes.Length)
        {
            await Stream.WriteAsync(bytes, ct);
        }
    }

    /// <summary>Waits and watches: a client that leaves meanwhile ends it with an <see cref="IOException"/>.</summary>
    public async Task PauseAsync(TimeSpan time, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(time);
        var ignored = new byte[1024];
        try
        {
            while (await Stream.ReadAsync(ignored, over.Token) > 0)
            {
            }

            throw new IOException("The client left");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time is over and the client is still there.
        }
    }

    /// <summary>Says nothing more until the client leaves or the time is up.</summary>
    public Task StallAsync(CancellationToken ct) => PauseAsync(MaxTime, ct);

    /// <summary>Ends the connection with RST instead of FIN.</summary>
    public void Reset()
    {
        // Closing with a linger time of zero drops what is unsent and resets.
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
