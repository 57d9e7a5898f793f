using Tutti.Gateway.Caching;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Aggregation;

/// <summary>A call that has to be made, and the ticket of the cache where its answer may be stored.</summary>
internal readonly record struct PlannedCall(PartCall Call, CacheTicket? Ticket);
