using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Tutti.Gateway.Hosting;

namespace Tutti.Gateway.Tests.Docs;

/// <summary>Keeps <c>docs/configuration.md</c> and the options the same.</summary>
public sealed partial class ConfigurationReferenceTests
{
    static readonly string Page = Path.Combine(Sources.Root, "docs", "configuration.md");

    static readonly Dictionary<string, (string Default, string Range)> Rows = Row().Matches(File.ReadAllText(Page)).ToDictionary(
        row => row.Groups["key"].Value,
        row => (row.Groups["default"].Value.Trim(), row.Groups["range"].Value.Trim()),
        StringComparer.Ordinal);

    static readonly Dictionary<string, PropertyInfo> Settings = TuttiSections.All
        .SelectMany(section => section.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance), (section, property) => (section, property))
        .ToDictionary(setting => $"Tutti:{setting.section.Name}:{setting.property.Name}", setting => setting.property, StringComparer.Ordinal);

    [Fact]
    public void Every_setting_has_its_row() => Settings.Keys.Except(Rows.Keys).ShouldBeEmpty();

    [Fact]
    public void Every_row_is_a_setting() => Rows.Keys.Except(Settings.Keys).ShouldBeEmpty();

    [Fact]
    public void Every_key_in_the_text_is_a_setting()
    {
        var named = Key().Matches(File.ReadAllText(Page)).Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal));

        // The sample of a misspelt key.
        named.Except(Settings.Keys).ShouldBe(["Tutti:Aggregates:MaxPart"]);
    }

    [Fact]
    public void Every_default_is_the_one_of_the_code() =>
        Settings.Where(setting => Rows[setting.Key].Default != DefaultOf(setting.Value)).Select(setting => $"{setting.Key}: {DefaultOf(setting.Value)}").ShouldBeEmpty();

    [Fact]
    public void Every_range_is_the_one_of_the_code() =>
        Settings.Where(setting => RangeOf(setting.Value) is { } range && Rows[setting.Key].Range != range).Select(setting => $"{setting.Key}: {RangeOf(setting.Value)}").ShouldBeEmpty();

    static string DefaultOf(PropertyInfo property) => property.GetValue(Activator.CreateInstance(property.DeclaringType!)) switch
    {
        IEnumerable<string> list => list.Any() ? string.Join(", ", list.Select(Quoted)) : "none",
        bool or Enum => Quoted($"{property.GetValue(Activator.CreateInstance(property.DeclaringType!))}".ToLowerInvariant()),
        var value => Quoted(string.Create(CultureInfo.InvariantCulture, $"{value}")),
    };

    static string? RangeOf(PropertyInfo property) => property.GetCustomAttribute<RangeAttribute>() is { } range
        ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
        : null;

    static string Quoted(string text) => $"`{text}`";

    [GeneratedRegex(@"^\| `(?<key>Tutti:\w+:\w+)` \|(?<default>[^|]*)\|(?<range>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("Tutti(?::|__)[A-Z][A-Za-z0-9]+(?::|__)[A-Z][A-Za-z0-9]+")]
    private static partial Regex Key();
}
