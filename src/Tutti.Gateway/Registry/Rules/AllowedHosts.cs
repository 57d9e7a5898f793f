using System.Collections.Frozen;

namespace Tutti.Gateway.Registry.Rules;

/// <summary>Knows which backends parts may name.</summary>
internal sealed class AllowedHosts(IEnumerable<string> patterns)
{
    readonly FrozenSet<string> _exact = patterns
        .Where(pattern => !pattern.StartsWith("*.", StringComparison.Ordinal))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    readonly string[] _suffixes = [.. patterns.Where(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)).Select(pattern => pattern[1..])];

    /// <param name="origin">Scheme, host and port; an IPv6 host stands in brackets in patterns as well.</param>
    public bool Allows(Uri origin)
    {
        if (_exact.Count == 0 && _suffixes.Length == 0)
        {
            return true;
        }

        // A final dot names the same host.
        var host = origin.Host.TrimEnd('.');
        return _exact.Contains(host)
            || _exact.Contains($"{host}:{origin.Port}")
            || _suffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && host.Length > suffix.Length);
    }
}
