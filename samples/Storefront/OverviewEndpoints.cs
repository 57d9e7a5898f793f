using System.Text;
using Tutti.Samples.Storefront.Faults;
using Tutti.Samples.Storefront.Raw;

namespace Tutti.Samples.Storefront;

/// <summary>The page that lists every misbehaviour, and the sample's files for the ports in use.</summary>
public static class OverviewEndpoints
{
    /// <summary>Maps <c>/</c>, <c>/parts.json</c> and <c>/aggregate.json</c>.</summary>
    public static void MapOverview(this WebApplication app, IReadOnlyDictionary<string, HttpFault> faults)
    {
        app.MapGet("/", (RawListeners raw) => Results.Text(Describe(SampleFiles.BaseUrl(app), faults, raw)));
        app.MapGet("/parts.json", () => Results.Text(SampleFiles.PartsJson(app), "application/json"));
        app.MapGet("/aggregate.json", () => Results.Text(SampleFiles.AggregateJson, "application/json"));
    }

    static string Describe(string url, IReadOnlyDictionary<string, HttpFault> faults, RawListeners raw)
    {
        var page = new StringBuilder($"""
            Storefront: backends that behave and misbehave.

            {url}/parts.json registers them all; {url}/aggregate.json asks for ten that behave.

            What misbehaves is registered under its name in camel case.

            Misbehaving:

            """);
        foreach (var fault in faults.Values)
        {
            page.AppendLine($"{url}/faulty/{fault.Name}\n    {fault.Sentence}");
        }

        foreach (var fault in RawFaults.All.Values)
        {
            var address = fault.OwnsConnection ? raw.Tls[fault.Name].Url : $"{raw.Raw.Url}/raw/{fault.Name}";
            page.AppendLine($"{address}\n    {fault.Sentence}");
        }

        return page.ToString();
    }
}
