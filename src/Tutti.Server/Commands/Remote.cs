using System.CommandLine;

namespace Tutti.Server.Commands;

/// <summary>What the commands that talk to a running gateway share.</summary>
static class Remote
{
    public static Option<string> ManagementOption() => new("--management")
    {
        Description = "The gateway's management address",
        DefaultValueFactory = _ => "http://localhost:9001",
    };

    public static Option<string> TrafficOption() => new("--traffic")
    {
        Description = "The gateway's traffic address",
        DefaultValueFactory = _ => "http://localhost:9000",
    };

    /// <summary>Sends a request; tells in one line what is wrong if no answer comes.</summary>
    public static async Task<int> AskAsync(string baseAddress, HttpRequestMessage request, Func<HttpResponseMessage, Task<int>> answer, CancellationToken ct)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        try
        {
            using (request)
            using (var response = await invoker.SendAsync(request, ct))
            {
                return await answer(response);
            }
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync($"No gateway answers at {baseAddress} ({e.Message}): start it with 'tutti serve', or name its address");
            return 1;
        }
    }

    /// <summary>Prints an answer that is an error.</summary>
    public static async Task<int> RefusedAsync(HttpResponseMessage response)
    {
        await Console.Error.WriteLineAsync($"{(int)response.StatusCode} {response.ReasonPhrase}: {await response.Content.ReadAsStringAsync()}");
        return 1;
    }
}
