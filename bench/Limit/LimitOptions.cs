namespace Tutti.Bench.Limit;

/// <summary>What the limit is told on its command line: where it listens, where the stub is, how many connections it may open.</summary>
sealed record LimitOptions(string Url, string Stub, int MaxConnections, bool Inline)
{
    public static LimitOptions Parse(string[] args)
    {
        var options = new LimitOptions("http://127.0.0.1:9100", "http://127.0.0.1:9300", 256, false);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--url" => options with { Url = args[++i] },
                "--stub" => options with { Stub = args[++i].TrimEnd('/') },
                "--max-connections" => options with { MaxConnections = int.Parse(args[++i], null) },
                "--inline" => options with { Inline = true },
                var unknown => throw new ArgumentException($"Unknown option: {unknown}"),
            };
        }

        return options;
    }
}
