namespace Tutti.Samples.Storefront.Raw;

/// <summary>A misbehaviour below HTTP: its name, what it does in a sentence, and how.</summary>
public sealed record RawFault(string Name, string Sentence, Func<RawConnection, CancellationToken, Task> Answer)
{
    /// <summary>Whether it begins before any request is read, as TLS does, and so needs a port of its own.</summary>
    public bool OwnsConnection { get; init; }

    /// <summary>A misbehaviour that writes a text as it is and closes.</summary>
    public static RawFault Write(string name, string sentence, string text) =>
        new(name, sentence, (connection, ct) => connection.WriteAsync(text, ct));
}
