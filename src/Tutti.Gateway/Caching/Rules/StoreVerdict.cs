using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>Whether a response is stored: the policy to keep with it, or the reason why not.</summary>
internal readonly record struct StoreVerdict(StoredPolicy Policy, NotStored? Refusal)
{
    public bool IsStored => Refusal is null;
}
