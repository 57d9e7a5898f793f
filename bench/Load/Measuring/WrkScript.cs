namespace Tutti.Bench.Load.Measuring;

/// <summary>The generator's script: sends the bodies of a file in turn, and ends with its figures on one line.</summary>
static class WrkScript
{
    public const string Mark = "tutti-load:";

    /// <summary>The half of a script that sends what stands in <c>requests</c> in turn, and ends with the figures.</summary>
    public const string InTurn = $$"""
        function request()
          at = at % #requests + 1
          return requests[at]
        end

        function done(summary, latency)
          local e = summary.errors
          print(string.format("{{Mark}} %d %d %d %d %d %d %d",
            summary.duration, summary.requests, summary.bytes, e.connect + e.read + e.write + e.timeout, e.status,
            latency:percentile(50), latency:percentile(99)))
        end
        """;

    public const string Text = $$"""
        local requests, at = {}, 0

        function init(args)
          for body in io.lines(args[1]) do
            requests[#requests + 1] = wrk.format("POST", nil, { ["Content-Type"] = "application/json" }, body)
          end
        end

        {{InTurn}}
        """;
}
