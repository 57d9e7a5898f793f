using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>One directive of a <c>Cache-Control</c> line.</summary>
internal readonly ref struct Directive(DirectiveName name, DirectiveArgument form, ReadOnlySpan<char> argument)
{
    public DirectiveName Name { get; } = name;

    public DirectiveArgument Form { get; } = form;

    public ReadOnlySpan<char> Argument { get; } = argument;

    public DeltaSeconds Seconds => Form is DirectiveArgument.Token or DirectiveArgument.Quoted ? DeltaSeconds.Parse(Argument) : DeltaSeconds.Invalid;

    /// <summary>The field names that the directive is limited to; null where it is not, or cannot be, limited: then it holds for all.</summary>
    public string? FieldNames =>
        Form is DirectiveArgument.Token or DirectiveArgument.Quoted && CommaList.IsOfTokens(Argument) ? Argument.ToString() : null;
}
