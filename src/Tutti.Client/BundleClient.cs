using System.Net;

namespace Tutti.Client;

/// <summary>Signals the start of a service and finds others, as ConductR's libraries do. One that nobody manages does neither.</summary>
public sealed class BundleClient : IDisposable
{
    static readonly TimeSpan LongestSignal = TimeSpan.FromSeconds(5);

    readonly BundleSettings _settings;
    readonly HttpMessageInvoker _http;
    readonly LocationCache _cache;
    readonly TimeProvider _clock;

    /// <summary>Creates a client.</summary>
    /// <param name="settings">Where the gateway is.</param>
    /// <param name="handler">What sends the requests; it must not follow redirects. A handler of its own if null.</param>
    /// <param name="clock">The system's clock if null.</param>
    public BundleClient(BundleSettings settings, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _clock = clock ?? TimeProvider.System;
        _http = new HttpMessageInvoker(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: handler is null);
        _cache = new LocationCache(AskAsync, _clock);
    }

    /// <summary>Whether the environment says that this process is a bundle.</summary>
    public bool IsManaged => _settings.BundleId is not null;

    /// <summary>Creates a client from the variables that <c>tutti env</c> prints.</summary>
    public static BundleClient FromEnvironment() => new(BundleSettings.FromEnvironment());

    /// <summary>
    /// Finds a service. What the gateway answers is kept as long as it says; look-ups of one name at the same time are one request.
    /// </summary>
    /// <param name="name">The name of the service, with or without a slash before it.</param>
    /// <param name="fallback">What is given where nobody manages this process.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <returns>Where the service is; null if the gateway does not know it.</returns>
    /// <exception cref="HttpRequestException">The gateway could not be reached, or its answer was none of those that a look-up has.</exception>
    public Task<Uri?> LocateAsync(string name, Uri? fallback = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return IsManaged && _settings.Locator is not null ? _cache.GetAsync(name.TrimStart('/')).WaitAsync(ct) : Task.FromResult(fallback);
    }

    /// <summary>Forgets where a service is, because a request there failed.</summary>
    /// <param name="name">The name of the service.</param>
    public void Evict(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _cache.Evict(name.TrimStart('/'));
    }

    /// <summary>Signals that this process is ready for requests.</summary>
    /// <param name="ct">Ends the waiting.</param>
    /// <returns>Whether the gateway took the signal; true where nobody manages this process. If it is false the process should end.</returns>
    public async Task<bool> SignalStartedAsync(CancellationToken ct = default)
    {
        if (!IsManaged || _settings.Status is not { } status)
        {
            return true;
        }

        using var late = new CancellationTokenSource(LongestSignal, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        var address = $"{status.ToString().TrimEnd('/')}/bundles/{Uri.EscapeDataString(_settings.BundleId!)}?isStarted=true";
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent([]) };
        try
        {
            using var answer = await _http.SendAsync(request, both.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    async Task<Location> AskAsync(string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_settings.Locator!.ToString().TrimEnd('/')}/{name}");
        using var answer = await _http.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => new Location(null, TimeSpan.Zero),
            HttpStatusCode.TemporaryRedirect when answer.Headers.Location is { } found => new Location(
                found.IsAbsoluteUri ? found : new Uri(_settings.Locator, found), answer.Headers.CacheControl?.MaxAge ?? TimeSpan.Zero),
            var status => throw new HttpRequestException($"The look-up of '{name}' was answered {(int)status}", null, status),
        };
    }
}
