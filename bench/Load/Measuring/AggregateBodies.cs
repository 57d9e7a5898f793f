using System.Text.Json;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Measuring;

/// <summary>The request bodies of one width: together they ask for every registered part in turn.</summary>
static class AggregateBodies
{
    const int Most = 1000;

    public static IReadOnlyList<string> Build(int parts, int registered) =>
        [.. Enumerable.Range(0, Math.Clamp(registered / parts, 1, Most)).Select(body => Body(body * parts, parts, registered))];

    static string Body(int first, int parts, int registered) => JsonSerializer.Serialize(new
    {
        requestMeta = new { id = "bench", serviceId = "load", timeout = 5000 },
        requests = Enumerable.Range(first, parts).Select(number => new
        {
            partId = ExportedParts.Id(number % registered),
            id = $"r{number - first}",
            @params = new[] { new { key = "n", value = $"{number}" } },
        }),
    });
}
