namespace Tutti.Bench.Load.Measuring;

/// <summary>The generator's script for requests of whatever method: sends the lines of a file, each a method, a path and perhaps a body, in turn.</summary>
static class RequestScript
{
    public const string Text = $$"""
        local requests, at = {}, 0

        function init(args)
          for line in io.lines(args[1]) do
            local method, path, body = line:match("^(%u+) (%S+) ?(.*)$")
            body = body ~= "" and body or nil
            requests[#requests + 1] = wrk.format(method, path, { ["Content-Type"] = body and "application/json" }, body)
          end
        end

        {{WrkScript.InTurn}}
        """;
}
