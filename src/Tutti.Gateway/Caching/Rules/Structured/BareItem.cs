namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>A value without its parameters. A number holds integers, seconds of dates, thousandths of decimals, and 1 for true.</summary>
internal readonly record struct BareItem(BareKind Kind, long Number, string Text = "")
{
    public static BareItem True { get; } = new(BareKind.Boolean, 1);

    public bool IsTrue => this == True;

    public decimal Decimal => Number / 1000m;

    /// <summary>The bytes of a byte sequence, whose base64 was checked when it was read.</summary>
    public byte[] Bytes => Convert.FromBase64String(Text);
}
