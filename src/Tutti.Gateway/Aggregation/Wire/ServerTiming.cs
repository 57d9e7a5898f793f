using System.Globalization;
using System.Text;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Tells how long each part took, for those who ask with <c>?timing</c>: W3C Server Timing, one metric per part in order.</summary>
internal static class ServerTiming
{
    public static string Of(AggregatePlan plan, Gathering gathering)
    {
        var text = new StringBuilder();
        for (var i = 0; i < plan.Parts.Length; i++)
        {
            var part = plan.Parts[i];
            var elapsed = part.Hit is null ? (part.Known ?? gathering[part.Call]).Elapsed : TimeSpan.Zero;
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}part{i};dur={elapsed.TotalMilliseconds:0.###}");
        }

        return text.ToString();
    }
}
