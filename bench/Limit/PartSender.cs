namespace Tutti.Bench.Limit;

/// <summary>Fetches one part from the stub: one handler, no client on top of it, the body in a rented buffer.</summary>
sealed class PartSender(LimitOptions options) : IDisposable
{
    readonly string _prefix = options.Stub + "/item/";

    readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = options.MaxConnections,
        UseCookies = false,
        UseProxy = false,
    });

    public async Task SendAsync(PartCall call, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_prefix + Uri.EscapeDataString(call.Item)));
            using var response = await _invoker.SendAsync(request, ct);
            var headers = response.Content.Headers;
            call.ContentType = headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null;
            await call.ReadAsync(await response.Content.ReadAsStreamAsync(ct), headers.ContentLength, ct);
            call.StatusCode = (int)response.StatusCode;
            call.Error = call.StatusCode >= 400 ? response.ReasonPhrase : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            call.Error = e.Message;
        }
    }

    public void Dispose() => _invoker.Dispose();
}
