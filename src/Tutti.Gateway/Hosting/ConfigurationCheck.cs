using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Tutti.Gateway.Hosting;

/// <summary>Checks the whole of <c>Tutti</c> in the configuration at once, so that every fault is told in one go, by its key.</summary>
internal static class ConfigurationCheck
{
    /// <summary>What is wrong, as <c>key: message</c> lines; empty if all is well.</summary>
    /// <param name="unknown">Keys that nobody reads: misspelt, or of another version.</param>
    public static List<string> Run(IConfiguration configuration, out List<string> unknown)
    {
        var faults = new List<string>();
        var unreadable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        unknown = [];
        foreach (var section in configuration.GetSection("Tutti").GetChildren())
        {
            if (TuttiSections.All.FirstOrDefault(known => known.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                unknown.Add(section.Path);
                continue;
            }

            foreach (var setting in section.GetChildren())
            {
                var property = known.Type.GetProperty(setting.Key, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance);
                if (property is null)
                {
                    unknown.Add(setting.Path);
                }
                else if (setting.Value is { } text && !CanConvert(text, property.PropertyType))
                {
                    faults.Add($"{setting.Path}: '{text}' is {Words(property.PropertyType)}");
                    unreadable.Add(setting.Path);
                }
            }
        }

        var readable = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.AsEnumerable().Where(setting => setting.Value is not null && !unreadable.Contains(setting.Key)))
            .Build();
        foreach (var section in TuttiSections.All)
        {
            CheckRanges(readable, section, faults);
        }

        return faults;
    }

    static void CheckRanges(IConfiguration configuration, TuttiSection section, List<string> faults)
    {
        var options = Activator.CreateInstance(section.Type)!;
        configuration.GetSection($"Tutti:{section.Name}").Bind(options);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var key = result.MemberNames.FirstOrDefault();
            faults.Add($"Tutti:{section.Name}{(key is null ? "" : $":{key}")}: {result.ErrorMessage}");
        }
    }

    static bool CanConvert(string text, Type type)
    {
        if (type == typeof(string) || type.IsArray)
        {
            return true;
        }

        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    static string Words(Type type) =>
        type.IsEnum ? $"none of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}"
        : type == typeof(bool) ? "neither true nor false"
        : type == typeof(double) ? "no number"
        : "no whole number";
}
