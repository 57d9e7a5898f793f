using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Services;

/// <summary>The gateways in the order they were started, each one process for every kind of work it does; they stop together.</summary>
sealed class ServiceSideList : IDisposable
{
    readonly List<ServiceSide> _sides = [];

    public IReadOnlyList<ServiceSide> All => _sides;

    public void Add(params IEnumerable<ServiceSide> sides) => _sides.AddRange(sides);

    /// <summary>Starts a process on a free port and waits until it answers.</summary>
    /// <param name="ready">A path that it answers with success.</param>
    public async Task AddAsync(string name, Func<Uri, ChildProcess> start, string ready, IEnumerable<(Work Work, IReadOnlyList<string> Paths)> works, CancellationToken ct)
    {
        var url = FreePort.TakeUrl();
        var process = start(url);
        Add(works.Select(one => new ServiceSide(name, one.Work, process, url, one.Paths)));
        await process.ReadyAsync(new(url, ready), ct);
    }

    public void Dispose()
    {
        foreach (var process in _sides.Select(side => side.Process).Distinct())
        {
            process.Dispose();
        }
    }
}
