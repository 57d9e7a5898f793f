using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Resilience.Opening;

/// <summary>One attempt to open a part. It holds its permit and its response until it is ended or, not taken, disposed.</summary>
/// <param name="failed">The failure that stands in the response's stead.</param>
internal sealed class OpenAttempt(PartModel part, PartPermit permit, HttpResponseMessage? response, PartOutcome? failed, TimeProvider clock) : ICallEnd, IDisposable
{
    int _ended;

    /// <summary>The response whose body is still to come; null for a failure.</summary>
    public HttpResponseMessage? Response => response;

    public PartOutcome? Failed => failed;

    public PartFailure? Failure => failed?.Failure;

    public int Status => response is null ? 0 : (int)response.StatusCode;

    /// <summary>Gives the permit back and tells the circuit; a second time nothing is told.</summary>
    public void End(PartOutcome outcome)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            permit.End(PartGuard.Judge(outcome, part), clock.GetTimestamp());
        }
    }

    public void Dispose()
    {
        response?.Dispose();
        End(failed ?? new PartOutcome { Status = Status });
    }
}
