using System.Text.Json;

namespace Tutti.Bench.Load.Sides;

/// <summary>Parts in the format of an Octoparts export: all alike, in one pool of as many calls at once as the limit may open connections; the rest wait, as they do there.</summary>
static class ExportedParts
{
    /// <summary>Connections to the stub, the same for every side.</summary>
    public const int HttpPoolSize = 256;

    const int TimeoutMilliseconds = 5000;

    public static string Id(int number) => $"item{number}";

    /// <summary>The id of a part whose answers are cached.</summary>
    public static string KeptId(int number) => $"kept{number}";

    public static byte[] Write(IEnumerable<int> numbers, Uri stub, int running) =>
        JsonSerializer.SerializeToUtf8Bytes(numbers.Select(number => Part(Id(number), stub, running, cacheTtl: 0)));

    public static byte[] WriteKept(IEnumerable<int> numbers, Uri stub, int running) =>
        JsonSerializer.SerializeToUtf8Bytes(numbers.Select(number => Part(KeptId(number), stub, running, cacheTtl: 3_600_000)));

    static object Part(string id, Uri stub, int running, int cacheTtl) => new
    {
        partId = id,
        owner = "bench",
        uriToInterpolate = new Uri(stub, "/item/").AbsoluteUri + "${n}",
        description = "Answers at once.",
        method = "get",
        hystrixConfig = new
        {
            timeout = TimeoutMilliseconds,
            threadPoolConfig = new { threadPoolKey = "bench", coreSize = HttpPoolSize, queueSize = running },
            commandKey = id,
            commandGroupKey = "bench",
            localContentsAsFallback = false,
        },
        additionalValidStatuses = Array.Empty<int>(),
        httpPoolSize = HttpPoolSize,
        httpConnectionTimeout = TimeoutMilliseconds,
        httpSocketTimeout = TimeoutMilliseconds,
        httpDefaultEncoding = "UTF-8",
        parameters = new[] { Param },
        cacheGroups = Array.Empty<object>(),
        cacheTtl,
        alertMailSettings = new { alertMailsEnabled = false, alertInterval = 60_000 },
        localContentsEnabled = false,
    };

    static object Param => new
    {
        required = true,
        versioned = false,
        paramType = "path",
        outputName = "n",
        cacheGroups = Array.Empty<object>(),
    };
}
