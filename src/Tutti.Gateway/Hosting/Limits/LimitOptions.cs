using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tutti.Gateway.Hosting.Limits;

/// <summary>How much of its time and memory one client may take: section <c>Tutti:Limits</c>. It holds on both listeners.</summary>
internal sealed class LimitOptions
{
    /// <summary>The longest request line, in bytes; a longer one is 414.</summary>
    [Range(256, 1_048_576)]
    public int MaxRequestLineBytes { get; set; } = 8_192;

    /// <summary>All headers of a request together, in bytes; more are 431.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxHeaderBytes { get; set; } = 32_768;

    /// <summary>The most headers of a request; more are 431.</summary>
    [Range(10, 10_000)]
    public int MaxHeaders { get; set; } = 100;

    /// <summary>How long the head of a request may take, in seconds; then it is 408.</summary>
    [Range(1, 3_600)]
    public int HeaderTimeoutSeconds { get; set; } = 30;

    /// <summary>How long a connection may be open without a request, in seconds.</summary>
    [Range(1, 86_400)]
    public int IdleSeconds { get; set; } = 130;

    /// <summary>The slowest that a body may come, in bytes per second; 0 lets it take all the time in the world.</summary>
    [Range(0, 1_073_741_824)]
    public int MinRequestBytesPerSecond { get; set; } = 240;

    /// <summary>The slowest that an answer may be read, in bytes per second; 0 lets it take all the time in the world.</summary>
    [Range(0, 1_073_741_824)]
    public int MinAnswerBytesPerSecond { get; set; } = 240;

    /// <summary>How long a client may be slower than that, in seconds.</summary>
    [Range(2, 3_600)]
    public int GraceSeconds { get; set; } = 5;

    /// <summary>The most connections of one address, on both listeners together; 0 sets no bound. Behind a load balancer all have its address.</summary>
    [Range(0, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; }

    /// <summary>The most requests at once on one connection of HTTP/2.</summary>
    [Range(1, 10_000)]
    public int MaxStreamsPerConnection { get; set; } = 100;

    public void ApplyTo(KestrelServerLimits limits)
    {
        limits.MaxRequestLineSize = MaxRequestLineBytes;
        limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, MaxRequestLineBytes + MaxHeaderBytes);
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(HeaderTimeoutSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(IdleSeconds);
        limits.MinRequestBodyDataRate = RateOf(MinRequestBytesPerSecond);
        limits.MinResponseDataRate = RateOf(MinAnswerBytesPerSecond);
        limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
    }

    MinDataRate? RateOf(int bytes) => bytes == 0 ? null : new MinDataRate(bytes, TimeSpan.FromSeconds(GraceSeconds));
}
