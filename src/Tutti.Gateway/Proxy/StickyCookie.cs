using Tutti.Gateway.Locator;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Proxy;

/// <summary>Keeps a client with its instance, for services that ask for it. The cookie tells nothing of where the instance is.</summary>
internal static class StickyCookie
{
    /// <summary>The instance of the client's cookie, if it is well.</summary>
    public static InstanceState? Find(HttpRequest request, ServiceModel service, ServiceState state, in TriedInstances tried, long now)
    {
        if (service.Config.Balance.StickyCookie is not { } name || tried.Count > 0 || request.Cookies[name] is not { Length: > 0 } tag)
        {
            return null;
        }

        foreach (var instance in state.Instances)
        {
            if (instance.Model.Tag == tag)
            {
                return instance.IsIn(now) && !instance.IsEvicted(now) ? instance : null;
            }
        }

        return null;
    }

    public static void Set(HttpContext context, ServiceModel service, InstanceModel instance)
    {
        if (service.Config.Balance.StickyCookie is not { } name || context.Request.Cookies[name] == instance.Tag)
        {
            return;
        }

        context.Response.Cookies.Append(name, instance.Tag, new CookieOptions
        {
            HttpOnly = true,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Features.Get<TrustedForwarding>()?.Scheme == "https",
        });
    }
}
