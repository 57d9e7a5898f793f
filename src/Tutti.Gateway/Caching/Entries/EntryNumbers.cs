using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>What every use of an entry asks for: the numbers of its <see cref="StoredPolicy"/>, times in seconds, and its traits.</summary>
internal readonly record struct EntryNumbers(
    uint Lifetime, uint InitialAge, uint StaleWhileRevalidate, uint StaleIfError, ushort Status, PolicyMarks Marks, EntryTraits Traits)
{
    public static EntryNumbers Of(in StoredPolicy policy, int status, EntryTraits traits) =>
        new(policy.Lifetime, policy.InitialAge, policy.StaleWhileRevalidate, policy.StaleIfError, (ushort)status, policy.Marks, traits);
}
