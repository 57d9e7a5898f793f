namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>The types of a bare item (RFC 9651, 3.3).</summary>
internal enum BareKind
{
    Boolean,
    Integer,
    Decimal,
    String,
    Token,
    Bytes,
    Date,
    DisplayString,
}
