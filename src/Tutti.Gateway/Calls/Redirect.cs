namespace Tutti.Gateway.Calls;

/// <summary>Decides whether a redirect of a backend is followed, for parts that say so.</summary>
internal static class Redirect
{
    /// <summary>The next URI; null where the answer is no redirect, or leads to another scheme, host or port.</summary>
    public static Uri? Of(PartCall call, Uri from, HttpResponseMessage response)
    {
        var keepsMethod = (int)response.StatusCode is 307 or 308;
        var isRedirect = keepsMethod || ((int)response.StatusCode is 301 or 302 or 303 && call.Part.IsSafe);
        return isRedirect
            && response.Headers.Location is { } location
            && Uri.TryCreate(from, location, out var target)
            && Uri.Compare(from, target, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
                ? target
                : null;
    }
}
