using Tutti.Bench.Load.Processes;
using Tutti.Bench.Load.Services;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.ProxyCache;

/// <summary>Starts the caches, and the array that hits are compared with.</summary>
static class CacheSides
{
    public const string Array = "Kestrel and an array";
    public const string Tutti = "tutti";
    public const string TuttiOff = "tutti, cache off";
    public const string TuttiBans = "tutti, 1,000 bans";
    public const string TuttiNewBans = "tutti, 1,000 new bans";
    public const string Varnish = "Varnish";
    public const string Nginx = "nginx";

    const string Off = "/never-off";
    const int PathsEach = 100;

    static readonly (Work Work, IReadOnlyList<string> Paths)[] Hits = [(Work.Hit, Paths(Stub.Kept)), (Work.LargeHit, Paths(Stub.Page))];
    static readonly (Work Work, IReadOnlyList<string> Paths)[] EveryWork = [.. Hits, (Work.Uncacheable, Paths(Stub.Never))];

    public static async Task StartAsync(Bench bench, string nginx, ServiceSideList sides, CancellationToken ct)
    {
        RuntimeSettings.Compare(bench.Repository.Bytes, bench.Repository.Tutti);
        const string Ready = $"{Stub.Never}/0";
        await sides.AddAsync(Array, url => CachePeers.Array(bench, url), Ready, Hits, ct);
        await AddTuttiAsync(bench, sides, ct);
        await AddBannedAsync(bench, sides, TuttiBans, isEachRun: false, ct);
        await AddBannedAsync(bench, sides, TuttiNewBans, isEachRun: true, ct);
        await sides.AddAsync(Varnish, url => CachePeers.Varnish(bench, url), Ready, EveryWork, ct);
        await sides.AddAsync(Nginx, url => CachePeers.Nginx(bench, nginx, url), Ready, EveryWork, ct);
    }

    static async Task AddTuttiAsync(Bench bench, ServiceSideList sides, CancellationToken ct)
    {
        var (process, traffic) = await TuttiSide.StartAsync(bench, Tutti, management => RegisterAsync(bench, management, ct), ct);
        sides.Add(EveryWork.Select(one => new ServiceSide(Tutti, one.Work, process, traffic, one.Paths)));
        sides.Add(new ServiceSide(TuttiOff, Work.Uncacheable, process, traffic, Paths(Off)));
    }

    /// <param name="isEachRun">Whether the bans are sent anew before each run, so that each holds every stored answer against all of them; or before the first.</param>
    static async Task AddBannedAsync(Bench bench, ServiceSideList sides, string name, bool isEachRun, CancellationToken ct)
    {
        Bans? bans = null;
        var (process, traffic) = await TuttiSide.StartAsync(bench, name, management =>
        {
            bans = new(management);
            return RegisterAsync(bench, management, ct);
        }, ct);
        sides.Add(new ServiceSide(name, Work.Hit, process, traffic, Paths(Stub.Kept)) { Prepare = isEachRun ? bans!.SendAsync : bans!.SendOnceAsync });
    }

    static Task RegisterAsync(Bench bench, Uri management, CancellationToken ct) => RegisteredServices.RegisterAsync(
        management, bench.Stub.Url, [Stub.Kept[1..], Stub.Page[1..], Stub.Never[1..]], [Off[1..]], ct);

    static string[] Paths(string under) => [.. Enumerable.Range(0, PathsEach).Select(number => $"{under}/{number}?q=1")];
}
