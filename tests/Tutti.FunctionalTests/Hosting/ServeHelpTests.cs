using System.Globalization;
using System.Reflection;
using Tutti.Gateway.Hosting;
using Tutti.Server.Commands;

namespace Tutti.FunctionalTests.Hosting;

public sealed class ServeHelpTests
{
    [Fact]
    public void Each_option_of_serve_is_a_setting_with_the_default_that_it_tells()
    {
        var options = ServeCommand.Create().Options.Where(option => option.HelpName is not null).ToArray();

        options.Length.ShouldBeGreaterThan(4);
        foreach (var option in options)
        {
            var standard = DefaultOf(option.HelpName!);
            option.Description!.ShouldEndWith($"[default: {standard}]", Case.Insensitive, option.Name);
        }
    }

    /// <summary>The default of <c>Tutti:Section:Key</c>.</summary>
    static string DefaultOf(string path)
    {
        var keys = path.Split(':');
        var section = TuttiSections.All.Single(section => section.Name == keys[1]);
        var property = section.Type.GetProperty(keys[2], BindingFlags.Public | BindingFlags.Instance).ShouldNotBeNull(path);
        return Convert.ToString(property.GetValue(Activator.CreateInstance(section.Type)), CultureInfo.InvariantCulture)!;
    }
}
