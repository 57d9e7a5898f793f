using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.ProxyCache.Entries;

/// <summary>All that is stored under one URI: its variants, or the note that its answers are not shared. It does not change.</summary>
internal sealed class ProxyEntry : StoredEntry
{
    const int OwnBytes = 160;

    readonly long _keptUntil;

    ProxyEntry(string key, int hash, StoredAnswer[] answers, long keptUntil)
        : base(hash, OwnBytes + (2 * key.Length) + answers.Sum(static answer => answer.Cost))
    {
        Key = key;
        Answers = answers;
        Policies = Array.ConvertAll(answers, static answer => answer.Policy);
        HasVary = Array.Exists(Policies, static policy => policy.Vary is not null);
        _keptUntil = keptUntil;
    }

    public string Key { get; }

    public StoredAnswer[] Answers { get; }

    /// <summary>The policies of the answers, in their order.</summary>
    public StoredPolicy[] Policies { get; }

    public bool HasVary { get; }

    /// <summary>Whether it is but the note that answers are not shared: who asks does not wait for others.</summary>
    public bool IsUnshared => Answers.Length == 0;

    public static ProxyEntry Of(EntryKey key, StoredAnswer[] answers, long keptUntil) => new(key.Text, key.Hash, answers, keptUntil);

    protected internal override bool IsDead(long now) => now > _keptUntil;
}
