namespace Tutti.Batching.Reading;

/// <summary>What the sender wants of the answer as a whole.</summary>
/// <param name="IsFull">Whether sections tell status and headers.</param>
/// <param name="RequiresAll">Whether every request counts.</param>
/// <param name="Required">The ids of those that count.</param>
internal sealed record BatchWishes(bool IsFull, bool RequiresAll, IReadOnlyList<string> Required)
{
    public const string EnvelopeName = "_envelope";

    public const string RequireName = "_require";

    public static BatchWishes Read(string? envelope, string? require, List<string> faults)
    {
        if (envelope is not (null or "full" or "body"))
        {
            faults.Add($"{EnvelopeName} is 'full' or 'body', not '{envelope}'");
        }

        string[] required = require is null or "all" ? [] : require.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (require is not null and not "all" && required.Length == 0)
        {
            faults.Add($"{RequireName} is 'all', or names requests: f,b");
        }

        return new BatchWishes(envelope == "full", require == "all", required);
    }
}
