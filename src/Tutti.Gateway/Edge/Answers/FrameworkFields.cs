namespace Tutti.Gateway.Edge.Answers;

/// <summary>Takes the fields out of answers that tell which software runs behind the gateway, and how old it is.</summary>
internal sealed class FrameworkFields(AnswerOptions options)
{
    static readonly string[] Usual =
    [
        "Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-AspNetCore-Version", "X-Runtime",
    ];

    readonly string[] _names = options.RemovedHeaders.Length > 0 ? options.RemovedHeaders : Usual;

    public void Remove(HttpResponseMessage answer)
    {
        foreach (var name in _names)
        {
            answer.Headers.Remove(name);
        }
    }

    /// <summary>The same for an answer that is still to be written.</summary>
    public void RemoveFrom(HttpResponse response) => response.OnStarting(() =>
    {
        foreach (var name in _names)
        {
            response.Headers.Remove(name);
        }

        return Task.CompletedTask;
    });
}
