using Tutti.Bench.Load.Measuring;

namespace Tutti.Bench.Load.Batches;

/// <summary>The generator's script for batches: sends one request, of whatever method, again and again.</summary>
static class BatchScript
{
    public const string Text = $$"""
        local request_line

        function init(args)
          for line in io.lines(args[1]) do
            local method, path, body = line:match("^(%u+) (%S+) ?(.*)$")
            request_line = wrk.format(method, path, { ["Content-Type"] = "application/json" }, body ~= "" and body or nil)
          end
        end

        function request()
          return request_line
        end

        function done(summary, latency)
          local e = summary.errors
          print(string.format("{{WrkScript.Mark}} %d %d %d %d %d %d %d",
            summary.duration, summary.requests, summary.bytes, e.connect + e.read + e.write + e.timeout, e.status,
            latency:percentile(50), latency:percentile(99)))
        end
        """;
}
