using System.Text.Json;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Measuring;

/// <summary>The request bodies of one width: together they ask for every registered part in turn.</summary>
static class AggregateBodies
{
    const int Most = 1000;

    public static IReadOnlyList<string> Build(int parts, Side side) =>
        [.. Enumerable.Range(0, Math.Clamp(side.Asked / parts, 1, Most)).Select(body => Body(body * parts, parts, side))];

    static string Body(int first, int parts, Side side) => JsonSerializer.Serialize(new
    {
        requestMeta = new { id = "bench", serviceId = "load", timeout = 5000 },
        requests = Enumerable.Range(first, parts).Select(number => new
        {
            partId = IdOf(number, side),
            id = $"r{number - first}",
            @params = new[] { new { key = "n", value = $"{number}" } },
        }),
    });

    /// <summary>Cached parts lie among the others, not before them.</summary>
    static string IdOf(int number, Side side) =>
        number * side.KeptOfTen % 10 < side.KeptOfTen ? ExportedParts.KeptId(number % side.Asked) : ExportedParts.Id(number % side.Asked);
}
