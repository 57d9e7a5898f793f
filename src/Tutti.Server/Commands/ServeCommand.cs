using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Tutti.Gateway.Hosting;

namespace Tutti.Server.Commands;

/// <summary><c>tutti serve</c>: runs the gateway.</summary>
static class ServeCommand
{
    /// <summary>The settings that most operators meet, under a short name.</summary>
    static readonly Option<string>[] Settings =
    [
        Setting("--traffic", "Tutti:Traffic:Url", "Where clients connect [default: http://localhost:9000]"),
        Setting("--management", "Tutti:Management:Url", "Where operators connect [default: http://localhost:9001]"),
        Setting("--storage", "Tutti:Storage:Provider", "sqlite or postgresql [default: sqlite]"),
        Setting("--connection-string", "Tutti:Storage:ConnectionString", "The database of the registry [default: Data Source=tutti.db]"),
        Setting("--max-timeout", "Tutti:Aggregates:MaxTimeoutMs", "The longest that a request waits for its parts, in milliseconds [default: 5000]"),
        Setting("--max-parts", "Tutti:Aggregates:MaxParts", "The most parts in one request [default: 1000]"),
        Setting("--readiness-delay", "Tutti:Shutdown:ReadinessDelayMs", "How long it still accepts when told to stop, in milliseconds [default: 1000]"),
        Setting("--drain", "Tutti:Shutdown:DrainMs", "How long running requests may take after that, in milliseconds [default: 25000]"),
    ];

    public static Command Create()
    {
        var command = new Command("serve", """
            Runs the gateway.

            Every setting can stand in appsettings.json, in the environment (Tutti__Section__Key=value) and here
            (--Tutti:Section:Key=value); docs/configuration.md lists them all. The common ones have a short name.
            """);
        Array.ForEach(Settings, command.Options.Add);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) => RunAsync([.. parsed.UnmatchedTokens, .. Named(parsed)], ct));
        return command;
    }

    static async Task<int> RunAsync(string[] settings, CancellationToken ct)
    {
        if (settings.FirstOrDefault(setting => !setting.StartsWith("--", StringComparison.Ordinal)) is { } stray && !IsValue(settings, stray))
        {
            return Fail($"'{stray}' is no setting: write --Tutti:Section:Key=value");
        }

        try
        {
            await using var app = TuttiHost.Create(settings);
            await StartAsync(app, ct);
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (ConfigurationException e)
        {
            return Fail([.. e.Faults]);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return Fail($"{e.Message.TrimEnd('.')}: stop what listens there, or choose other ports with --traffic and --management");
        }
        catch (SocketException e)
        {
            return Fail($"Cannot listen: {e.Message}. Check --traffic and --management");
        }
    }

    /// <summary>A host that cannot start is stopped in order, or what runs in its background reports its end as a failure of its own.</summary>
    static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Whether the text is the value of the setting before it (<c>--key value</c>).</summary>
    static bool IsValue(string[] settings, string text)
    {
        var at = Array.IndexOf(settings, text);
        return at > 0 && settings[at - 1].StartsWith("--", StringComparison.Ordinal) && !settings[at - 1].Contains('=', StringComparison.Ordinal);
    }

    static IEnumerable<string> Named(ParseResult parsed)
    {
        foreach (var option in Settings)
        {
            if (parsed.GetValue(option) is { } value)
            {
                yield return $"--{option.HelpName}={value}";
            }
        }
    }

    static Option<string> Setting(string name, string key, string description) => new(name) { HelpName = key, Description = description };

    static int Fail(params string[] lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(line);
        }

        return 1;
    }
}
