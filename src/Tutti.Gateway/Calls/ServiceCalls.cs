using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Calls;

/// <summary>Sends the call of a part that names a service to one of its instances, and to the next where nothing was sent for want of a connection.</summary>
internal sealed class ServiceCalls(ICallTargets targets)
{
    const int MostTries = 5;

    static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker, PartCall call, string service, string? acceptEncoding, CancellationToken ct)
    {
        var tried = new List<ICallTarget>();
        while (true)
        {
            var target = targets.Choose(service, tried) ?? throw new NoInstanceException(service);
            target.Begin();
            try
            {
                return await invoker.SendAsync(call.ToRequest(At(target, call.Uri), acceptEncoding), ct);
            }
            catch (HttpRequestException e) when (IsUnsent(e) && !ct.IsCancellationRequested)
            {
                target.Evict();
                tried.Add(target);
                if (tried.Count >= MostTries || targets.Choose(service, tried) is null)
                {
                    throw;
                }
            }
            finally
            {
                target.End();
            }
        }
    }

    static Uri At(ICallTarget target, Uri uri)
    {
        var text = uri.OriginalString.AsSpan();
        var rest = text[UriTemplate.ServiceScheme.Length..];
        return new Uri($"{target.Origin}{rest[rest.IndexOf('/')..]}", AsWritten);
    }

    static bool IsUnsent(HttpRequestException e) =>
        e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
}
