namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>A length of time on the wire: absent, a number of seconds, or something that is none.</summary>
internal readonly record struct DeltaSeconds
{
    /// <summary>What larger numbers are taken for (RFC 9111, 1.2.2).</summary>
    public const uint Max = 2_147_483_648;

    DeltaSeconds(bool isValid, uint seconds) => (IsPresent, IsValid, Seconds) = (true, isValid, seconds);

    public static DeltaSeconds Invalid { get; } = new(false, 0);

    public bool IsPresent { get; }

    public bool IsValid { get; }

    /// <summary>The seconds; none where the value is absent or invalid.</summary>
    public uint Seconds { get; }

    public static DeltaSeconds Of(long seconds) => seconds < 0 ? Invalid : new DeltaSeconds(true, (uint)Math.Min(seconds, Max));

    /// <summary>Digits alone count: no sign, no point, no blank.</summary>
    public static DeltaSeconds Parse(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
        {
            return Invalid;
        }

        var seconds = 0L;
        foreach (var digit in text)
        {
            seconds = Math.Min((seconds * 10) + (digit - '0'), Max);
        }

        return Of(seconds);
    }

    /// <summary>A directive that comes twice with two values is as good as one that cannot be read (RFC 9111, 4.2.1).</summary>
    public DeltaSeconds And(DeltaSeconds other) => !IsPresent || this == other ? other : Invalid;
}
