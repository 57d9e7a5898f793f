using Tutti.Bench.Load.Processes;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Services;

/// <summary>Starts the gateways; each is one process that does every kind of work it can.</summary>
sealed class ServiceSides(Bench bench) : IDisposable
{
    readonly List<ServiceSide> _sides = [];

    public IReadOnlyList<ServiceSide> All => _sides;

    public async Task StartAsync(string nginx, CancellationToken ct)
    {
        await AddPeerAsync(ServiceSide.Nginx, url => Peers.Nginx(bench, nginx, url), ct);
        await AddPeerAsync(ServiceSide.HaProxy, url => Peers.HaProxy(bench, url), ct);
        RuntimeSettings.Compare(bench.Repository.Forward, bench.Repository.Tutti);
        await AddAsync(ServiceSide.Yarp, url => Peers.Yarp(bench, url), [Work.Small, Work.Large], ct);
        await AddTuttiAsync(ServiceSide.Tutti, 1, [Work.LookUp, Work.Small, Work.Large], ct);
        if (bench.Options.Registered > 0)
        {
            await AddTuttiAsync(ServiceSide.TuttiCrowded, bench.Options.Registered, [Work.LookUp, Work.Small], ct);
            _sides.AddRange([.. _sides.Where(side => side.Name == ServiceSide.TuttiCrowded)
                .Select(side => side with { Name = ServiceSide.TuttiScattered, Services = bench.Options.Registered })]);
        }
    }

    public void Dispose()
    {
        foreach (var process in _sides.Select(side => side.Process).Distinct())
        {
            process.Dispose();
        }
    }

    Task AddPeerAsync(string name, Func<Uri, ChildProcess> start, CancellationToken ct) =>
        AddAsync(name, start, [Work.LookUp, Work.Small, Work.Large], ct);

    async Task AddAsync(string name, Func<Uri, ChildProcess> start, Work[] works, CancellationToken ct)
    {
        var url = FreePort.TakeUrl();
        var process = start(url);
        _sides.AddRange(works.Select(work => new ServiceSide(name, work, process, url)));
        await process.ReadyAsync(new(url, $"{Stub.Small}0/1"), ct);
    }

    async Task AddTuttiAsync(string name, int services, Work[] works, CancellationToken ct)
    {
        Console.Error.WriteLine($"{name}: registering {services} services ...");
        var (process, traffic) = await TuttiSide.StartAsync(
            bench, name, management => RegisteredServices.RegisterAsync(management, bench.Stub.Url, services, ct), ct);
        _sides.AddRange(works.Select(work => new ServiceSide(name, work, process, traffic)));
    }
}
