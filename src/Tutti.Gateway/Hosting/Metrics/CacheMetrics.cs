using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting.Metrics;

/// <summary>The metrics of the cache, and of what this node shares with others.</summary>
internal sealed class CacheMetrics(EntryShelf shelf, CachedParts parts, ClusterNode cluster)
{
    public void Write(PrometheusText text)
    {
        text.Single("tutti_cache_entries", "gauge", "Entries in memory.", shelf.Count);
        text.Single("tutti_cache_bytes", "gauge", "What they take.", shelf.Bytes);
        CachedPart[] all = [.. parts.All];
        Family("tutti_cache_part_bytes", "gauge", "What the entries of a part take.", counters => counters.Bytes);
        Family("tutti_cache_hits_total", "counter", "Fresh answers from memory.", counters => counters.Hits);
        Family("tutti_cache_misses_total", "counter", "Requests that memory could not answer.", counters => counters.Misses);
        Family("tutti_cache_stale_total", "counter", "Stale answers from memory.", counters => counters.Stale);
        Family("tutti_cache_revalidated_total", "counter", "Stored answers that the backend confirmed.", counters => counters.Revalidated);
        Family("tutti_cache_collapsed_total", "counter", "Requests that the call of another one answered.", counters => counters.Collapsed);
        Family("tutti_cache_evictions_total", "counter", "Entries that made room for others.", counters => counters.Evictions);
        WriteCluster(text);

        void Family(string name, string type, string help, Func<CacheCounters, long> number)
        {
            text.Family(name, type, help);
            foreach (var part in all)
            {
                text.Sample(number(part.Counters), ("part", part.PartId));
            }
        }
    }

    void WriteCluster(PrometheusText text)
    {
        if (cluster.IsAlone)
        {
            return;
        }

        text.Single("tutti_redis_in_step", "gauge", "1 while Redis answers and this node has applied all that is in its log.", cluster.IsInStep ? 1 : 0);
        text.Single("tutti_redis_timeouts_total", "counter", "Operations that Redis did not answer in time.", cluster.Timeouts);
        text.Single("tutti_redis_reconnects_total", "counter", "Lost connections that came back.", cluster.Reconnects);
        text.Single("tutti_redis_waiting_invalidations", "gauge", "Invalidations that wait for Redis.", cluster.WaitingInvalidations);
        text.Single("tutti_redis_dropped_writes_total", "counter", "Entries that were not written because too much waited.", cluster.DroppedWrites);
    }
}
