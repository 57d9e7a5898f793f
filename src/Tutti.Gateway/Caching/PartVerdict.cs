using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching;

/// <summary>Whether an answer of a part is stored, and for how many seconds it is kept.</summary>
internal readonly record struct PartVerdict(StoredPolicy Policy, NotStored? Refusal, uint KeepFor)
{
    public bool IsStored => Refusal is null && KeepFor > 0;
}
