using System.Globalization;

namespace Tutti.Bench.Load;

/// <summary>What is measured, how often and how long.</summary>
sealed record LoadOptions
{
    public const string Usage = """
        Measures Tutti side by side with the hand-written limit, and its cache side by side with a dictionary,
        and a batch of requests side by side with the same requests asked in other ways,
        and look-ups and proxied requests side by side with YARP, nginx and HAProxy,
        and the proxy's cache side by side with Varnish, nginx and an array.

          --what aggregates,cache,batches,services,proxycache   what is measured
          --parts 1,10,30,100   widths of the aggregates
          --connections 16      connections of the generator
          --threads 1           threads of the generator
          --rounds 5            interleaved runs of each side, per width
          --seconds 4           length of one run
          --warmup 2            seconds of warm-up of each side, per width
          --registered 10000    registered parts, or services, of one more Tutti; 0 leaves it out
          --inline              socket completions inline, on both sides
          --with-lua            nginx with capture_multi as one more side, where its Lua module is installed
          --lua-modules DIR     where nginx keeps its modules (/usr/lib/nginx/modules)
          --against SIDE        tutti, or limit: the limit beside itself, which shows the noise of the method
          --tutti-arg ARG       one more argument for tutti serve; may be repeated
        """;

    const string Aggregates = "aggregates";
    const string Cache = "cache";
    const string Batches = "batches";
    const string Services = "services";
    const string ProxyCache = "proxycache";
    static readonly string[] All = [Aggregates, Cache, Batches, Services, ProxyCache];

    public IReadOnlyList<string> What { get; init; } = All;

    public bool MeasuresAggregates => What.Contains(Aggregates);

    /// <summary>The cache is measured at the width of the budget.</summary>
    public bool MeasuresCache => What.Contains(Cache) && Parts.Contains(LoadRun.BudgetWidth) && !AgainstLimit;

    public bool MeasuresBatches => What.Contains(Batches) && !AgainstLimit;

    public bool MeasuresServices => What.Contains(Services) && !AgainstLimit;

    public bool MeasuresProxyCache => What.Contains(ProxyCache) && !AgainstLimit;

    public IReadOnlyList<int> Parts { get; init; } = [1, 10, 30, 100];

    public int Connections { get; init; } = 16;

    public int Threads { get; init; } = 1;

    public int Rounds { get; init; } = 5;

    public int Seconds { get; init; } = 4;

    public int Warmup { get; init; } = 2;

    public int Registered { get; init; } = 10_000;

    public bool Inline { get; init; }

    public bool WithLua { get; init; }

    public string LuaModules { get; init; } = "/usr/lib/nginx/modules";

    public bool AgainstLimit { get; init; }

    public IReadOnlyList<string> TuttiArgs { get; init; } = [];

    /// <summary>The widest aggregate, and so the number of parts a plain Tutti has registered.</summary>
    public int Widest => Parts.Max();

    public static LoadOptions Parse(string[] args)
    {
        var options = new LoadOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--inline" => options with { Inline = true },
                "--with-lua" => options with { WithLua = true },
                var name when i + 1 < args.Length => options.With(name, args[++i]),
                var name => throw new LoadFault($"{name} is unknown or lacks its value.\n\n{Usage}"),
            };
        }

        return options;
    }

    LoadOptions With(string name, string value) => name switch
    {
        "--what" => this with { What = [.. value.Split(',').Select(Known)] },
        "--parts" => this with { Parts = [.. value.Split(',').Select(part => Number(name, part, 1)).Distinct().Order()] },
        "--connections" => this with { Connections = Number(name, value, 1) },
        "--threads" => this with { Threads = Number(name, value, 1) },
        "--rounds" => this with { Rounds = Number(name, value, 1) },
        "--seconds" => this with { Seconds = Number(name, value, 1) },
        "--warmup" => this with { Warmup = Number(name, value, 1) },
        "--registered" => this with { Registered = Number(name, value, 0) },
        "--lua-modules" => this with { LuaModules = value },
        "--against" => this with { AgainstLimit = IsLimit(value) },
        "--tutti-arg" => this with { TuttiArgs = [.. TuttiArgs, value] },
        _ => throw new LoadFault($"{name} is unknown.\n\n{Usage}"),
    };

    static int Number(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new LoadFault($"{name}: {value} is not a whole number from {least} up.");

    static string Known(string what) => All.Contains(what)
        ? what
        : throw new LoadFault($"--what: {what} is none of {string.Join(", ", All)}.");

    static bool IsLimit(string side) => side switch
    {
        "limit" => true,
        "tutti" => false,
        _ => throw new LoadFault($"--against: {side} is neither tutti nor limit."),
    };
}
