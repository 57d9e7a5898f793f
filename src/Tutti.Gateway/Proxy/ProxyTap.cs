namespace Tutti.Gateway.Proxy;

/// <summary>Stands between the instances and the client of one request: changes what is asked, and takes for itself what is answered.</summary>
internal abstract class ProxyTap
{
    /// <summary>A request is about to go to an instance; there is one for each try.</summary>
    public virtual void Asks(HttpRequestMessage request)
    {
    }

    /// <summary>An instance has answered, and the client has nothing of it yet.</summary>
    /// <returns>Whether the answer is taken: then the proxy gives the client nothing.</returns>
    public virtual bool Takes(HttpResponseMessage answer) => false;

    /// <summary>Ends when what the answer brings about is known wherever the client may look for it.</summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

    /// <summary>The header stands ready for the client; the body follows.</summary>
    public virtual void Passes(HttpResponseMessage answer, HttpResponse response)
    {
    }

    /// <summary>There is no answer.</summary>
    /// <returns>Whether the problem is taken: then the proxy gives the client nothing.</returns>
    public virtual bool Takes(ProxyProblem problem) => false;
}
