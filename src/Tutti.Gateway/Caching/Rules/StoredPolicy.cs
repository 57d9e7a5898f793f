using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>All that later requests need to know of a stored response, computed when it was stored. Times are in seconds.</summary>
internal readonly record struct StoredPolicy
{
    /// <summary>How long the response is fresh, counted from its making (RFC 9111, 4.2.1).</summary>
    public uint Lifetime { get; init; }

    /// <summary>How old it was when it came (RFC 9111, 4.2.3).</summary>
    public uint InitialAge { get; init; }

    /// <summary>How long it is used stale while it is fetched anew; 0 where that is forbidden (RFC 5861, 3).</summary>
    public uint StaleWhileRevalidate { get; init; }

    /// <summary>How long it is used stale where the backend fails; 0 where that is forbidden (RFC 5861, 4).</summary>
    public uint StaleIfError { get; init; }

    public ushort Status { get; init; }

    public PolicyMarks Marks { get; init; }

    /// <summary>When the response was made, in seconds of Unix time.</summary>
    public long Date { get; init; }

    /// <summary>In seconds of Unix time; the smallest number where there is no such date.</summary>
    public long LastModified { get; init; }

    public string? ETag { get; init; }

    /// <summary>The request fields that chose the response; null where none did.</summary>
    public string? Vary { get; init; }

    /// <summary>The values of those fields.</summary>
    public string? Variant { get; init; }

    public bool HasLastModified => LastModified != NoDate;

    public bool HasValidator => ETag is not null || HasLastModified;

    public static long NoDate => long.MinValue;

    /// <summary>The policy of a response that was made invalid: nothing but validation makes it usable (RFC 9111, 4.4).</summary>
    public StoredPolicy AsInvalid() => this with { Marks = Marks | PolicyMarks.AlwaysValidate };

    public bool Has(PolicyMarks mark) => (Marks & mark) != 0;

    /// <summary>How old the response is (RFC 9111, 4.2.3), and the value of its <c>Age</c> (5.1).</summary>
    public uint AgeAt(TimeSpan resident) =>
        (uint)Math.Min(InitialAge + Math.Clamp((long)resident.TotalSeconds, 0, DeltaSeconds.Max), DeltaSeconds.Max);

    /// <summary>How long it stays fresh; negative once it is stale.</summary>
    public long TimeToLive(TimeSpan resident) => Lifetime - (long)AgeAt(resident);
}
