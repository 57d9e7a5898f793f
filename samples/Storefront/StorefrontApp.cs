using Microsoft.AspNetCore.Connections;
using Tutti.Samples.Storefront.Faults;
using Tutti.Samples.Storefront.Raw;
using Tutti.Samples.Storefront.Shop;

namespace Tutti.Samples.Storefront;

/// <summary>The sample's host: a shop that behaves, and everything a backend can do wrong beside it.</summary>
public static class StorefrontApp
{
    /// <summary>The address when <c>--urls</c> names none; <c>parts.json</c> is written for it.</summary>
    public const string DefaultUrl = "http://127.0.0.1:9100";

    /// <summary>
    /// Makes the sample without starting it. Options: <c>--urls</c>, <c>--raw-port</c>, <c>--tls-port</c> (the first of four);
    /// a port of 0 takes a free one.
    /// </summary>
    public static WebApplication Create(params string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A taken port is told in one line by RunAsync; the host would add a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Services.AddSingleton<RawListeners>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RawListeners>());

        var app = builder.Build();
        var faults = HttpFaults.Create();
        app.MapCatalogue();
        app.MapCustomer();
        app.MapContent();
        app.MapFaults(faults);
        app.MapOverview(faults);
        return app;
    }

    /// <summary>Runs the sample until it is told to stop and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Create(args);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            var urls = app.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } chosen ? chosen : DefaultUrl;
            var ports = urls.Split(';').Select(url => BindingAddress.Parse(url).Port);
            return Refuse(string.Join(" or ", ports), "--urls http://127.0.0.1:PORT");
        }
        catch (PortTakenException e)
        {
            return Refuse($"{e.Port}", $"{e.Option} PORT");
        }

        var raw = app.Services.GetRequiredService<RawListeners>();
        var tls = string.Join(", ", raw.Tls.Values.Select(backend => backend.Port));
        Console.WriteLine($"Storefront listens on {string.Join(", ", app.Urls)} (raw misbehaviour on {raw.Raw.Port}, TLS on {tls})");
        await app.WaitForShutdownAsync();
        return 0;
    }

    static int Refuse(string port, string option)
    {
        Console.Error.WriteLine($"Port {port} is taken: stop what uses it, or pass {option}");
        return 1;
    }
}
