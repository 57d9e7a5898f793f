using System.Text.RegularExpressions;

namespace Tutti.Gateway.Caching.Marks;

/// <summary>A pattern of paths whose stored answers are invalid. It is matched in linear time, without going back.</summary>
internal sealed class Ban
{
    /// <summary>No longer pattern is taken.</summary>
    public const int LongestPattern = 1_024;

    readonly Regex? _regex;

    /// <param name="pattern">A regular expression; one that cannot be read bans everything, which is never less than was asked for.</param>
    public Ban(string pattern, long sequence, bool isSoft)
    {
        Pattern = pattern;
        Sequence = sequence;
        IsSoft = isSoft;
        _regex = TryCompile(pattern);
    }

    public string Pattern { get; }

    /// <summary>Its number among the invalidations of this node.</summary>
    public long Sequence { get; }

    public bool IsSoft { get; }

    /// <returns>Null for what is no regular expression, or one that needs to go back.</returns>
    public static Regex? TryCompile(string pattern)
    {
        try
        {
            return pattern.Length <= LongestPattern ? new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public bool Matches(string target) => _regex?.IsMatch(target) ?? true;
}
