using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Tutti.Gateway.Locator;

namespace Tutti.Gateway.Proxy;

/// <summary>The instances that a request was sent to in vain.</summary>
internal struct TriedInstances
{
    Places _places;

    public int Count { get; private set; }

    /// <summary>What went wrong with the last of them.</summary>
    public ProxyProblem? Last { get; private set; }

    [UnscopedRef]
    public readonly ReadOnlySpan<InstanceState> All => ((ReadOnlySpan<InstanceState>)_places)[..Math.Min(Count, Places.Length)];

    public void Add(InstanceState instance, ProxyProblem problem)
    {
        if (Count < Places.Length)
        {
            _places[Count] = instance;
        }

        Count++;
        Last = problem;
    }

    [InlineArray(Length)]
    struct Places
    {
        public const int Length = 8;

        InstanceState _first;
    }
}
