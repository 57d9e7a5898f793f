namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>What stands behind a directive's equals sign.</summary>
internal enum DirectiveArgument
{
    None,
    Token,
    Quoted,

    /// <summary>Something that the grammar does not allow: blanks around the sign, no value, a quote that never ends.</summary>
    Malformed,
}
