using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>The numbers of a <see cref="StoredPolicy"/> that every use asks for. Times are in seconds.</summary>
internal readonly record struct EntryNumbers(
    uint Lifetime, uint InitialAge, uint StaleWhileRevalidate, uint StaleIfError, ushort Status, PolicyMarks Marks)
{
    public static EntryNumbers Of(in StoredPolicy policy) =>
        new(policy.Lifetime, policy.InitialAge, policy.StaleWhileRevalidate, policy.StaleIfError, policy.Status, policy.Marks);
}
