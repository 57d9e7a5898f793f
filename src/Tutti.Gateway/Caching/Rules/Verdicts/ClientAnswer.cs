namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>How a stored response answers a request with conditions or a range.</summary>
internal enum ClientAnswer
{
    /// <summary>As it is stored.</summary>
    Whole,

    /// <summary>304.</summary>
    NotModified,

    /// <summary>206, with the range that was asked for.</summary>
    Part,

    /// <summary>416.</summary>
    RangeNotSatisfiable,

    /// <summary>Not at all: <c>If-Match</c> and <c>If-Unmodified-Since</c> are for the origin alone (RFC 9111, 4.3.2).</summary>
    Forward,
}
