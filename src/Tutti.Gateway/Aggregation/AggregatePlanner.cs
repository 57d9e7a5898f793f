using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>Step 2. Turns a request into calls, all from one snapshot of the registry.</summary>
internal sealed class AggregatePlanner(PartRegistry registry, PartStatsTable stats)
{
    /// <summary>Up to here comparing one by one is cheaper than an index.</summary>
    const int FewCalls = 16;

    public AggregatePlan Plan(AggregateRequest request, TraceContext trace)
    {
        var snapshot = registry.Current;
        var parts = new PlannedPart[request.Requests.Count];
        var calls = new List<PartCall>(parts.Length);
        Dictionary<PartCall, int>? index = null;
        for (var i = 0; i < parts.Length; i++)
        {
            var asked = request.Requests[i];
            if (!snapshot.Parts.TryGetValue(asked.PartId, out var part))
            {
                parts[i] = new PlannedPart(asked, null, -1, PartOutcome.Failed(PartFailure.UnknownPart, $"PartId {asked.PartId} is unsupported"));
            }
            else if (!CallBinder.TryBind(part, request.RequestMeta, asked, trace, out var call, out var refusal))
            {
                stats.Of(part.Id).Count(PartEvent.BadRequest);
                parts[i] = new PlannedPart(asked, part, -1, refusal);
            }
            else if (part.AnswersLocally)
            {
                stats.Of(part.Id).Count(PartEvent.Local);
                parts[i] = new PlannedPart(asked, part, -1, PartOutcome.Local(part.Config.LocalContents.Contents));
            }
            else
            {
                parts[i] = new PlannedPart(asked, part, Share(calls, call, ref index), null);
            }
        }

        return new AggregatePlan(parts, calls);
    }

    /// <summary>Finds the call that asks the same already, or adds this one.</summary>
    static int Share(List<PartCall> calls, PartCall call, ref Dictionary<PartCall, int>? index)
    {
        if (!call.Part.IsSafe)
        {
            calls.Add(call);
            return calls.Count - 1;
        }

        if (calls.Count < FewCalls)
        {
            for (var i = 0; i < calls.Count; i++)
            {
                if (call.Asks(calls[i]))
                {
                    return i;
                }
            }

            return Append(calls, call);
        }

        index ??= Index(calls);
        return index.TryGetValue(call, out var known) ? known : index[call] = Append(calls, call);
    }

    static int Append(List<PartCall> calls, PartCall call)
    {
        calls.Add(call);
        return calls.Count - 1;
    }

    static Dictionary<PartCall, int> Index(List<PartCall> calls)
    {
        var index = new Dictionary<PartCall, int>(PartCall.ByQuestion);
        for (var i = 0; i < calls.Count; i++)
        {
            index.TryAdd(calls[i], i);
        }

        return index;
    }
}
