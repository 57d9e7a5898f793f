using System.Globalization;
using Tutti.Gateway.Locator.Balancing;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Doors;

/// <summary>Answers look-ups of ConductR's locator: 307 to where a service is reached, or 404, and nothing else.</summary>
internal sealed class LocatorDoor(PartRegistry registry, ServiceDirectory directory, PublicAddress address, LocatorOptions options, TimeProvider clock)
{
    public const string Path = "/services";

    readonly string? _zone = options.Zone.Length > 0 ? options.Zone : null;

    public Task HandleAsync(HttpContext context)
    {
        var target = RawTarget.Of(context);
        var name = ServiceName.Of(target.Path, Path);
        if (!registry.Current.Services.Services.TryGetValue(name.Name, out var service) || service.Faults.Count > 0 || Locate(context, service, name) is not { } found)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = $"{found.Location}{LegalUri.Query(target.Query)}";
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"max-age={found.MaxAge}");
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    (string Location, int MaxAge)? Locate(HttpContext context, ServiceModel service, in ServiceName name) =>
        ModeOf(service) is LocateMode.Proxy ? AtProxy(context, service, name) : AtInstance(context, service, name);

    LocateMode ModeOf(ServiceModel service) => service.Prefix is null ? LocateMode.Instance : service.Config.Locate switch
    {
        "proxy" => LocateMode.Proxy,
        "instance" => LocateMode.Instance,
        _ => options.Locate,
    };

    /// <summary>The whole path stays, as in the document, unless the service is proxied under another prefix than its name.</summary>
    (string Location, int MaxAge)? AtProxy(HttpContext context, ServiceModel service, in ServiceName name)
    {
        var now = clock.GetTimestamp();
        long? ends = null;
        foreach (var instance in directory.Of(service).Instances)
        {
            if (instance.IsIn(now))
            {
                ends = Math.Min(ends ?? long.MaxValue, instance.Lease.Ends);
            }
        }

        var path = service.Config.Route.Prefix is null ? name.Whole : $"{service.Config.Route.Prefix.TrimEnd('/')}{name.Rest}";
        return ends is { } end ? ($"{address.Of(context)}{LegalUri.Path(path)}", MaxAge(now, end)) : null;
    }

    (string Location, int MaxAge)? AtInstance(HttpContext context, ServiceModel service, in ServiceName name)
    {
        var now = clock.GetTimestamp();
        var wanted = new Choice(service.Config.Balance, service.Config.Balance.ZoneFirst ? _zone : null, CallerAddress.HostOf(context.Connection.RemoteIpAddress));
        if (Balancer.Choose(directory.Of(service), wanted, [], now) is not { } instance)
        {
            return null;
        }

        var origin = instance.Model.Address.GetLeftPart(UriPartial.Authority);
        var path = service.IsHttp && name.Rest.Length == 0 ? "/" : name.Rest;
        return ($"{origin}{LegalUri.Path(path)}", MaxAge(now, instance.Lease.Ends));
    }

    /// <summary>Never longer than the lease, rounded down: what is known ends with it.</summary>
    int MaxAge(long now, long ends) => ends == Leases.InstanceLease.Never
        ? options.MaxAgeSeconds
        : (int)Math.Clamp(Math.Floor(clock.GetElapsedTime(now, ends).TotalSeconds), 0, options.MaxAgeSeconds);
}
