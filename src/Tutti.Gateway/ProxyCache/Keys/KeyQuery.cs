namespace Tutti.Gateway.ProxyCache.Keys;

/// <summary>Brings a query into the form by which answers are told apart: arguments by name, the order among equal names kept.</summary>
internal static class KeyQuery
{
    /// <param name="query">From its question mark on, with normal escapes; may be empty.</param>
    public static string Of(string query, ServiceCache cache)
    {
        if (query.Length < 2 || (!query.Contains('&', StringComparison.Ordinal) && cache.Ignored.Length == 0 && !cache.IgnoresEmpty))
        {
            return query;
        }

        var arguments = query[1..].Split('&');
        var kept = Array.FindAll(arguments, argument => Counts(argument, cache));
        if (kept.Length == arguments.Length && IsInOrder(kept))
        {
            return query;
        }

        return kept.Length == 0 ? "" : $"?{string.Join('&', kept.OrderBy(NameOf, StringComparer.Ordinal))}";
    }

    static bool Counts(string argument, ServiceCache cache)
    {
        var name = NameOf(argument);
        if (cache.IgnoresEmpty && argument.Length <= name.Length + 1)
        {
            return false;
        }

        return !Array.Exists(cache.Ignored, ignored => ignored.EndsWith('*')
            ? name.AsSpan().StartsWith(ignored.AsSpan(0, ignored.Length - 1), StringComparison.Ordinal)
            : name == ignored);
    }

    static bool IsInOrder(string[] arguments)
    {
        for (var i = 1; i < arguments.Length; i++)
        {
            if (Name(arguments[i - 1]).SequenceCompareTo(Name(arguments[i])) > 0)
            {
                return false;
            }
        }

        return true;
    }

    static string NameOf(string argument) => Name(argument).ToString();

    static ReadOnlySpan<char> Name(string argument) => argument.IndexOf('=', StringComparison.Ordinal) is >= 0 and var end ? argument.AsSpan(0, end) : argument;
}
