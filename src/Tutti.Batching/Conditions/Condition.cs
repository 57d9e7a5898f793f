using Tutti.Batching.References;

namespace Tutti.Batching.Conditions;

/// <summary>What must be true of earlier answers for a request to be sent: the <c>if</c> of OData's JSON batch.</summary>
/// <param name="References">The answers that it looks at.</param>
internal sealed record Condition(ConditionNode Root, IReadOnlyList<Reference> References)
{
    public bool IsMet(AnswerValues values) => Root.Evaluate(values) is true;
}
