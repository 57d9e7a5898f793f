using Tutti.Bench.Load.Processes;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Services;

/// <summary>Starts the gateways that look up and forward.</summary>
static class ServiceSides
{
    static readonly Work[] EveryWork = [Work.LookUp, Work.Small, Work.Large];

    public static async Task StartAsync(Bench bench, string nginx, ServiceSideList sides, CancellationToken ct)
    {
        const string Ready = $"{Stub.Small}0/1";
        await sides.AddAsync(ServiceSide.Nginx, url => Peers.Nginx(bench, nginx, url), Ready, Asked(EveryWork), ct);
        await sides.AddAsync(ServiceSide.HaProxy, url => Peers.HaProxy(bench, url), Ready, Asked(EveryWork), ct);
        RuntimeSettings.Compare(bench.Repository.Forward, bench.Repository.Tutti);
        await sides.AddAsync(ServiceSide.Yarp, url => Peers.Yarp(bench, url), Ready, Asked([Work.Small, Work.Large]), ct);
        await AddTuttiAsync(bench, sides, ServiceSide.Tutti, 1, EveryWork, ct);
        if (bench.Options.Registered > 0)
        {
            await AddTuttiAsync(bench, sides, ServiceSide.TuttiCrowded, bench.Options.Registered, [Work.LookUp, Work.Small], ct);
            sides.Add([.. sides.All.Where(side => side.Name == ServiceSide.TuttiCrowded)
                .Select(side => side with { Name = ServiceSide.TuttiScattered, Paths = Paths(side.Work, bench.Options.Registered) })]);
        }
    }

    static async Task AddTuttiAsync(Bench bench, ServiceSideList sides, string name, int services, Work[] works, CancellationToken ct)
    {
        Console.Error.WriteLine($"{name}: registering {services} services ...");
        var (process, traffic) = await TuttiSide.StartAsync(
            bench, name, management => RegisteredServices.RegisterAsync(management, bench.Stub.Url, [], Names(services), ct), ct);
        sides.Add(works.Select(work => new ServiceSide(name, work, process, traffic, Paths(work, 1))));
    }

    static string[] Names(int services) =>
        [.. Enumerable.Range(0, services).Select(number => $"{Stub.Small[1..]}{number}"), Stub.Large[1..]];

    static IEnumerable<(Work Work, IReadOnlyList<string> Paths)> Asked(Work[] works) => works.Select(work => (work, Paths(work, 1)));

    /// <param name="services">How many services are asked in turn.</param>
    static IReadOnlyList<string> Paths(Work work, int services)
    {
        var small = Enumerable.Range(0, services).Select(number => $"{Stub.Small}{number}/1?q=1");
        return work switch
        {
            Work.Large => [$"{Stub.Large}/1?q=1"],
            Work.LookUp => [.. small.Select(path => $"/services{path}")],
            _ => [.. small],
        };
    }
}
