using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Batching.Dispatch;

/// <summary>The connection as one call sees it: the batch's own, in a copy, so that what middleware changes stays with that call.</summary>
internal sealed class CallConnection : IHttpConnectionFeature
{
    public string ConnectionId { get; set; } = "";

    public IPAddress? RemoteIpAddress { get; set; }

    public IPAddress? LocalIpAddress { get; set; }

    public int RemotePort { get; set; }

    public int LocalPort { get; set; }

    /// <summary>That of a request; an empty one where its server knows of no connections, as that for tests.</summary>
    public static CallConnection Of(IFeatureCollection features)
    {
        var connection = new CallConnection();
        if (features.Get<IHttpConnectionFeature>() is { } other)
        {
            connection.CopyFrom(other);
        }

        return connection;
    }

    public void CopyFrom(IHttpConnectionFeature other)
    {
        ConnectionId = other.ConnectionId;
        RemoteIpAddress = other.RemoteIpAddress;
        LocalIpAddress = other.LocalIpAddress;
        RemotePort = other.RemotePort;
        LocalPort = other.LocalPort;
    }
}
