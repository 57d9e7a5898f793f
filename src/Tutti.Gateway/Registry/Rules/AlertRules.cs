namespace Tutti.Gateway.Registry.Rules;

/// <summary>The settings of Octoparts' alert mailer are complete where it is switched on.</summary>
internal static class AlertRules
{
    public static void Check(AlertConfig alerts, List<Fault> faults)
    {
        faults.RequireRange(alerts.Interval, 1_000, long.MaxValue, "alerts.interval");
        faults.RequireRange(alerts.AbsoluteThreshold, 0, int.MaxValue, "alerts.absoluteThreshold");
        faults.RequireRange((double?)alerts.PercentThreshold, 0, 100, "alerts.percentThreshold");
        faults.Require(!alerts.Enabled || !string.IsNullOrWhiteSpace(alerts.Recipients), "alerts.recipients", "Alerts need recipients");
        faults.Require(
            !alerts.Enabled || alerts.AbsoluteThreshold is not null || alerts.PercentThreshold is not null,
            "alerts.absoluteThreshold",
            "Alerts need a threshold, absolute or in percent");
    }
}
