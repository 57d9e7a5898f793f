using System.Collections.Concurrent;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>Clients that ask for customers again and again, and keep what went wrong.</summary>
internal sealed class CustomersLoad : IAsyncDisposable
{
    const int Clients = 6;

    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentBag<string> _failures = [];
    readonly Task[] _clients;
    int _count;

    public CustomersLoad(GatewayProcess gateway) => _clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(() => AskAsync(gateway)))];

    public int Count => Volatile.Read(ref _count);

    /// <summary>Ends the load and tells what went wrong.</summary>
    public async Task<IReadOnlyCollection<string>> EndAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
        return _failures;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    async Task AskAsync(GatewayProcess gateway)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await gateway.Traffic.GetAsync("/customers/1");
                if (!answer.IsSuccessStatusCode)
                {
                    _failures.Add($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                }
            }
            catch (HttpRequestException e)
            {
                _failures.Add(e.ToString());
            }

            Interlocked.Increment(ref _count);
        }
    }
}
