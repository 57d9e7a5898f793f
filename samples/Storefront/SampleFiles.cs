using Tutti.Samples.Storefront.Raw;

namespace Tutti.Samples.Storefront;

/// <summary>The registrations and the request that come with the sample.</summary>
public static class SampleFiles
{
    /// <summary>The aggregate request of the README's tour.</summary>
    public static string AggregateJson => Read("aggregate.json");

    /// <summary>The registrations (Octoparts' exported-parts.json), pointed at the ports that a started sample really has.</summary>
    public static string PartsJson(WebApplication app)
    {
        var raw = app.Services.GetRequiredService<RawListeners>();
        // Each default port becomes a name first, so that a chosen port that equals another's default is not replaced twice.
        var json = Read("parts.json").Replace($"{StorefrontApp.DefaultUrl}/", "{http}/", StringComparison.Ordinal)
            .Replace($"http://127.0.0.1:{RawListeners.DefaultRawPort}/", "{raw}/", StringComparison.Ordinal);
        var port = RawListeners.DefaultTlsPort;
        foreach (var name in raw.Tls.Keys)
        {
            json = json.Replace($"https://127.0.0.1:{port++}/", $"{{{name}}}/", StringComparison.Ordinal);
        }

        json = json.Replace("{http}/", $"{BaseUrl(app)}/", StringComparison.Ordinal)
            .Replace("{raw}/", $"{raw.Raw.Url}/", StringComparison.Ordinal);
        return raw.Tls.Aggregate(
            json,
            (text, tls) => text.Replace($"{{{tls.Key}}}/", $"{tls.Value.Url}/", StringComparison.Ordinal));
    }

    /// <summary>The first address of a started sample, without a slash at its end.</summary>
    public static string BaseUrl(WebApplication app) => app.Urls.First().TrimEnd('/');

    static string Read(string name)
    {
        using var stream = typeof(SampleFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
