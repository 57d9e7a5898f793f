using System.Text.RegularExpressions;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>A directive as the naive cache reads it: with regular expressions made of the grammars.</summary>
internal sealed partial record NaiveDirective(string Name, string Form, string Argument)
{
    static readonly string[] Numbers = ["max-age", "s-maxage", "stale-while-revalidate", "stale-if-error"];

    static readonly string[] Marks = ["no-store", "no-cache", "private", "public", "must-revalidate", "proxy-revalidate", "must-understand", "immutable"];

    /// <summary>The field names of an argument that is a list of them.</summary>
    public string[] Names => [.. Argument.Split(',').Select(name => name.Trim(' ', '\t')).Where(name => name.Length > 0)];

    public bool IsLimited => Form is "token" or "quoted" && Names.Length > 0 && Names.All(name => Token().IsMatch(name));

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    public static List<NaiveDirective> OfCacheControl(IEnumerable<string> lines) =>
        [.. lines.SelectMany(line => Member().Matches(line)).Where(match => match.Length > 0).Select(Of).Where(one => one.Name.Length > 0)];

    /// <summary>RFC 9213: null where the field is empty, malformed, or has a directive of the wrong type.</summary>
    public static List<NaiveDirective>? OfTargeted(IEnumerable<string> lines)
    {
        var text = string.Join(", ", lines).Trim(' ');
        if (text.Length == 0 || !Dictionary().IsMatch(text))
        {
            return null;
        }

        var entries = Entry().Matches(text).GroupBy(match => match.Groups["key"].Value).Select(group => group.Last()).ToArray();
        var read = entries.Select(entry => OfEntry(entry.Groups["key"].Value, entry.Groups["value"].Success ? entry.Groups["value"].Value : "?1")).ToList();
        return read.Contains(null) ? null : [.. read.OfType<NaiveDirective>().Where(one => one.Form != "no")];
    }

    static NaiveDirective? OfEntry(string key, string value)
    {
        if (Numbers.Contains(key))
        {
            return Regex.IsMatch(value, @"^-?\d+$") ? new(key, "token", value) : null;
        }

        if (!Marks.Contains(key))
        {
            return new(key, "no", "");
        }

        return value switch
        {
            "?1" => new(key, "none", ""),
            "?0" => new(key, "no", ""),
            ['"', .., '"'] when key is "no-cache" or "private" => new(key, "quoted", value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal)),
            _ => null,
        };
    }

    static NaiveDirective Of(Match match)
    {
        var (name, hasArgument) = (match.Groups["name"].Value, match.Groups["equals"].Success);
        var isQuoted = match.Groups["quoted"].Success;
        var argument = isQuoted ? match.Groups["quoted"].Value : match.Groups["token"].Value;
        var form = (hasArgument, isQuoted) switch
        {
            (false, _) => "none",
            _ when name.Length == 0 || name[^1] is ' ' or '\t' => "bad",
            (_, true) => match.Groups["tail"].Value.Trim(' ', '\t').Length == 0 ? "quoted" : "bad",
            _ => Token().IsMatch(argument.TrimEnd(' ', '\t')) ? "token" : "bad",
        };
        return new(name.Trim(' ', '\t'), form, isQuoted ? argument : argument.Trim(' ', '\t'));
    }

    [GeneratedRegex(@"\G(?<name>[^,=]*)(?<equals>=(""(?<quoted>(?:[^""\\]|\\.)*)""(?<tail>[^,]*)|(?<token>[^,]*)))?(,|$)", RegexOptions.Singleline)]
    private static partial Regex Member();

    [GeneratedRegex(@"^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$")]
    private static partial Regex Token();

    const string Key = @"[a-z*][a-z0-9_\-.*]*";

    const string Bare = @"(?:-?\d{1,15}|-?\d{1,12}\.\d{1,3}|""(?:[ !#-\[\]-~]|\\[""\\])*""|[A-Za-z*][:/!#$%&'*+\-.^_`|~0-9A-Za-z]*|\?[01])";

    const string Parameters = $@"(?:; *{Key}(?:={Bare})?)*";

    const string Pair = $@"(?<key>{Key})(?:=(?<value>{Bare}))?{Parameters}";

    [GeneratedRegex($@"^{Pair}(?:[ \t]*,[ \t]*{Pair})*$")]
    private static partial Regex Dictionary();

    [GeneratedRegex($@"\G{Pair}(?:[ \t]*,[ \t]*|$)")]
    private static partial Regex Entry();
}
