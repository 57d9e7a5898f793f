using System.Text;

namespace Tutti.Bench.Load.Services;

/// <summary>Writes what was measured of services as a table, then judges the targets.</summary>
static class ServiceReport
{
    const double OverYarp = 1.2;
    const double LookUpOverProxied = 0.6;
    const double Flat = 1.10;

    public static string Write(LoadOptions options, IReadOnlyList<ServiceSample> samples)
    {
        var figures = new ServiceFigures(samples);
        var text = new StringBuilder();
        ServiceTable.Write(text, "Services", options, figures, "CPU over YARP", work => work is Work.LookUp ? null : ServiceSide.Yarp);
        Judge(text, figures);
        return text.ToString();
    }

    static void Judge(StringBuilder text, ServiceFigures figures)
    {
        ServiceTable.Judge(text, "CPU of a proxied 1 KB request over YARP's forwarder", figures.Ratio((Work.Small, ServiceSide.Tutti), (Work.Small, ServiceSide.Yarp)), OverYarp);
        ServiceTable.Judge(text, "CPU of a look-up over a proxied 1 KB request", figures.Ratio((Work.LookUp, ServiceSide.Tutti), (Work.Small, ServiceSide.Tutti)), LookUpOverProxied);
        if (!figures.Has(Work.Small, ServiceSide.TuttiCrowded))
        {
            return;
        }

        ServiceTable.Judge(text, "CPU of a proxied 1 KB request, crowded over plain", figures.Ratio((Work.Small, ServiceSide.TuttiCrowded), (Work.Small, ServiceSide.Tutti)), Flat);
        ServiceTable.Judge(text, "CPU of a look-up, crowded over plain", figures.Ratio((Work.LookUp, ServiceSide.TuttiCrowded), (Work.LookUp, ServiceSide.Tutti)), Flat);
        foreach (var work in new[] { Work.Small, Work.LookUp })
        {
            text.AppendLine(null, $"CPU, {work.Words()}, crowded and all in use over plain: {figures.Ratio((work, ServiceSide.TuttiScattered), (work, ServiceSide.Tutti))}, no target");
        }
    }
}
