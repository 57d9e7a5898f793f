using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>Step 2. Turns a request into calls, all from one snapshot of the registry.</summary>
internal sealed class AggregatePlanner(PartRegistry registry, PartStatsTable stats, ResilienceStates states, PartCache cache)
{
    /// <summary>Up to here comparing one by one is cheaper than an index.</summary>
    const int FewCalls = 16;

    /// <param name="wantsNew">Whether the client reads past the cache.</param>
    public AggregatePlan Plan(AggregateRequest request, TraceContext trace, bool wantsNew = false)
    {
        var snapshot = registry.Current;
        var parts = new PlannedPart[request.Requests.Count];
        var calls = new CallList(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            var asked = request.Requests[i];
            parts[i] = snapshot.Parts.TryGetValue(asked.PartId, out var part)
                ? Plan(part, request.RequestMeta, asked, trace, wantsNew, calls)
                : new PlannedPart(asked, null, -1, PartOutcome.Failed(PartFailure.UnknownPart, $"PartId {asked.PartId} is unsupported"));
        }

        return new AggregatePlan(parts, calls.All);
    }

    PlannedPart Plan(PartModel part, RequestMeta meta, PartRequest asked, TraceContext trace, bool wantsNew, CallList calls)
    {
        // What is stored under these values was fetched with them, so they need no check again.
        CacheTicket? ticket = null;
        var hit = part.IsCached ? cache.Find(part, new ParamValues(part, meta, asked.Params), wantsNew, out ticket) : null;
        if (hit is not null && ticket is null)
        {
            states.Of(part).Stats.Count(PartEvent.Cached);
            return new PlannedPart(asked, part, -1, null) { Hit = hit };
        }

        if (!CallBinder.TryBind(part, meta, asked, trace, out var call, out var refusal))
        {
            stats.Of(part.Id).Count(PartEvent.BadRequest);
            return new PlannedPart(asked, part, -1, refusal);
        }

        if (part.AnswersLocally)
        {
            stats.Of(part.Id).Count(PartEvent.Local);
            return new PlannedPart(asked, part, -1, PartOutcome.Local(part.Config.LocalContents.Contents));
        }

        if (hit is not null)
        {
            states.Of(part).Stats.Count(PartEvent.Cached);
            cache.Refresh(call, ticket!);
            return new PlannedPart(asked, part, -1, null) { Hit = hit };
        }

        return new PlannedPart(asked, part, calls.Share(new PlannedCall(call, ticket)), null);
    }

    /// <summary>The calls of one request; equal ones of safe methods are made once.</summary>
    sealed class CallList(int parts)
    {
        Dictionary<PartCall, int>? _index;

        public List<PlannedCall> All { get; } = new(parts);

        /// <summary>Finds the call that asks the same already, or adds this one.</summary>
        public int Share(PlannedCall call)
        {
            if (!call.Call.Part.IsSafe)
            {
                return Append(call);
            }

            if (All.Count < FewCalls)
            {
                for (var i = 0; i < All.Count; i++)
                {
                    if (call.Call.Asks(All[i].Call))
                    {
                        return i;
                    }
                }

                return Append(call);
            }

            _index ??= Index();
            return _index.TryGetValue(call.Call, out var known) ? known : _index[call.Call] = Append(call);
        }

        int Append(PlannedCall call)
        {
            All.Add(call);
            return All.Count - 1;
        }

        Dictionary<PartCall, int> Index()
        {
            var index = new Dictionary<PartCall, int>(PartCall.ByQuestion);
            for (var i = 0; i < All.Count; i++)
            {
                index.TryAdd(All[i].Call, i);
            }

            return index;
        }
    }
}
