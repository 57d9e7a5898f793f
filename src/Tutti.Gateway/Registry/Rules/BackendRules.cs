namespace Tutti.Gateway.Registry.Rules;

/// <summary>Connections can be made the way a part wants them.</summary>
internal static class BackendRules
{
    public static void Check(BackendConfig backend, AllowedHosts allowed, List<Fault> faults)
    {
        faults.RequireRange(backend.MaxConnections, 1, int.MaxValue, "backend.maxConnections");
        faults.RequireRange(backend.ConnectTimeout, 0, int.MaxValue, "backend.connectTimeout");
        faults.RequireRange(backend.ReadTimeout, 0, int.MaxValue, "backend.readTimeout");
        faults.RequireRange(backend.FollowRedirects, 0, 10, "backend.followRedirects");
        faults.RequireRange(backend.MaxBodyBytes, 1, long.MaxValue, "backend.maxBodyBytes");
        faults.Require(Charset.Find(backend.DefaultCharset) is not null, "backend.defaultCharset", $"The charset '{backend.DefaultCharset}' is not supported");
        faults.Require(backend.HttpVersion is "auto" or "1.1" or "2", "backend.httpVersion", $"Must be auto, 1.1 or 2, not '{backend.HttpVersion}'");
        if (backend.Proxy is { } proxy)
        {
            CheckProxy(proxy, allowed, faults);
        }
    }

    static void CheckProxy(string proxy, AllowedHosts allowed, List<Fault> faults)
    {
        const string field = "backend.proxy";
        var isAddress = Uri.TryCreate(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}", UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5"
            && uri is { Host.Length: > 0, Query: "", Fragment: "", AbsolutePath: "/" or "" };
        if (!isAddress)
        {
            faults.Add(new Fault(field, $"Must be written [scheme://]host[:port], not '{proxy}'"));
            return;
        }

        faults.Require(uri!.UserInfo.Length == 0, field, "Must not hold credentials");
        faults.Require(allowed.Allows(uri), field, $"The proxy {uri.Authority} is not among the allowed hosts (Tutti:Registry:AllowedHosts)");
    }
}
