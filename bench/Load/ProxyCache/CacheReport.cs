using System.Text;
using Tutti.Bench.Load.Services;

namespace Tutti.Bench.Load.ProxyCache;

/// <summary>Writes what was measured of the proxy's cache as a table, then judges the targets.</summary>
static class CacheReport
{
    const double OverArray = 1.3;
    const double OverOff = 1.1;
    const double OverNoBans = 1.1;

    public static string Write(LoadOptions options, IReadOnlyList<ServiceSample> samples)
    {
        var figures = new ServiceFigures(samples);
        var text = new StringBuilder();
        ServiceTable.Write(text, "Proxy cache", options, figures, "CPU over the array, or over cache off", work => work.IsHit() ? CacheSides.Array : CacheSides.TuttiOff);
        Judge(text, "CPU of a hit of 1 KB over Kestrel and an array", figures, (Work.Hit, CacheSides.Tutti, CacheSides.Array), OverArray);
        Judge(text, "CPU of a hit of 100 KB over Kestrel and an array", figures, (Work.LargeHit, CacheSides.Tutti, CacheSides.Array), OverArray);
        Judge(text, "CPU of an uncacheable answer of 1 KB, cache on over off", figures, (Work.Uncacheable, CacheSides.Tutti, CacheSides.TuttiOff), OverOff);
        Judge(text, "CPU of a hit of 1 KB, 1,000 bans over none", figures, (Work.Hit, CacheSides.TuttiBans, CacheSides.Tutti), OverNoBans);
        text.AppendLine(null, $"CPU of a hit of 1 KB, 1,000 new bans over none: {figures.Ratio((Work.Hit, CacheSides.TuttiNewBans), (Work.Hit, CacheSides.Tutti))}, no target");
        return text.ToString();
    }

    static void Judge(StringBuilder text, string what, ServiceFigures figures, (Work Work, string Of, string Over) pair, double most) =>
        ServiceTable.Judge(text, what, figures.Ratio((pair.Work, pair.Of), (pair.Work, pair.Over)), most);
}
