namespace Tutti.Batching.Reading;

/// <summary>In which of the ways a JSON batch is written that its published clients differ in.</summary>
internal enum BatchDialect
{
    /// <summary>Text is a string, all else that is not JSON is base64.</summary>
    Plain,

    /// <summary>Text is a string where its type begins so, all else that is not JSON is base64url; no members but its own, and names of headers in lower case.</summary>
    OData,

    /// <summary>All that is not JSON is base64, text too.</summary>
    Graph,
}
