namespace Tutti.Batching.References;

/// <summary>What of an earlier answer is meant.</summary>
internal enum ReferenceKind
{
    /// <summary>A value in its body.</summary>
    Body,

    /// <summary>A value in its body, as it stands in an expression of OData: a text in quotes.</summary>
    Literal,

    /// <summary>A header.</summary>
    Header,

    /// <summary>Its status.</summary>
    Status,

    /// <summary>The url of what it made or returned, as OData's <c>$id</c> means it.</summary>
    Entity,

    /// <summary>Whether it succeeded, as OData's <c>$succeeded</c> asks.</summary>
    Succeeded,
}
