using System.Net;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>The body of an answer as the forwarder reads it: what the pump has, as it comes.</summary>
internal sealed class FollowedContent(BodyPump pump) : HttpContent
{
    bool _hasLeft;

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new FollowedStream(pump));

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => CreateContentReadStreamAsync();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var body = new FollowedStream(pump);
        await body.CopyToAsync(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <summary>Leaves the pump, once.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_hasLeft)
        {
            _hasLeft = true;
            pump.Unfollow();
        }

        base.Dispose(disposing);
    }
}
