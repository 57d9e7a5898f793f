namespace Tutti.Gateway.Registry.Rules;

/// <summary>Method, times and statuses of a part are within their ranges.</summary>
internal static class LimitRules
{
    public static void Check(PartConfig part, List<Fault> faults)
    {
        faults.Require(
            part.Method is "get" or "post" or "put" or "delete" or "head" or "patch" or "options",
            "method",
            $"Must be get, post, put, delete, head, patch or options, not '{part.Method}'");
        faults.RequireRange(part.Timeout, 1, int.MaxValue, "timeout");
        faults.RequireRange(part.CacheTtl, 0, long.MaxValue, "cacheTtl");
        faults.RequireRange(part.HedgeAfter, 1, int.MaxValue, "hedgeAfter");
        faults.RequireRange(part.Retries.Attempts, 0, 5, "retries.attempts");
        faults.RequireRange(part.Retries.Delay, 0, 60_000, "retries.delay");
        for (var i = 0; i < part.AdditionalValidStatuses.Count; i++)
        {
            faults.RequireRange(part.AdditionalValidStatuses[i], 400, 999, $"additionalValidStatuses[{i}]");
        }
    }
}
