using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Resilience;

/// <summary>
/// The breaker of one part: closed while its backend does well, open after too many failures, half-open while one trial is out. Time
/// is monotonic.
/// </summary>
internal sealed class PartCircuit
{
    const int Good = 0;
    const int Bad = 1;
    const int Kinds = 2;

    readonly string _key;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly Lock _change = new();
    CircuitRules _rules;
    RollingCounts _counts;
    volatile CircuitState _state;
    volatile ForcedState? _forced;
    long _openedAt;

    public PartCircuit(string key, CircuitRules rules, TimeProvider clock, ILogger log)
    {
        _key = key;
        _rules = rules;
        _clock = clock;
        _log = log;
        _counts = new RollingCounts(clock, rules.Window, Kinds);
    }

    public string Key => _key;

    public CircuitRules Rules => _rules;

    /// <summary>The state as calls meet it, a forced one included.</summary>
    public CircuitState State => Forced?.State ?? _state;

    /// <summary>What an operator ordered, while it lasts.</summary>
    public ForcedState? Forced => _forced is { } forced && _clock.GetElapsedTime(forced.Since) < forced.For ? forced : null;

    public int Failures => _counts.Sum(Bad);

    public int Calls => _counts.Sum(Good) + _counts.Sum(Bad);

    /// <summary>Takes over changed settings; a changed window begins to count anew.</summary>
    public void Follow(CircuitRules rules)
    {
        if (rules == _rules)
        {
            return;
        }

        lock (_change)
        {
            if (rules.Window != _rules.Window)
            {
                _counts = new RollingCounts(_clock, rules.Window, Kinds);
            }

            _rules = rules;
        }
    }

    /// <summary>Asks whether a call may pass.</summary>
    /// <param name="isTrial">Whether the call is the trial of a half-open circuit, whose end decides.</param>
    public bool TryEnter(out bool isTrial)
    {
        isTrial = false;
        if (_forced is not null && Forced is { } forced)
        {
            return forced.State == CircuitState.Closed;
        }

        if (_state == CircuitState.Closed)
        {
            return true;
        }

        lock (_change)
        {
            if (_state == CircuitState.Open && _clock.GetElapsedTime(_openedAt) >= _rules.Break)
            {
                _state = CircuitState.HalfOpen;
                isTrial = true;
                _log.CircuitTries(_key);
                return true;
            }

            return _state == CircuitState.Closed;
        }
    }

    /// <summary>Counts the end of a call that passed.</summary>
    /// <param name="now">The timestamp of the end.</param>
    public void Report(bool isGood, bool isTrial, long now)
    {
        _counts.Add(isGood ? Good : Bad, now);
        if (isTrial)
        {
            EndTrial(isGood);
        }
        else if (!isGood && _state == CircuitState.Closed)
        {
            OpenIfDue();
        }
    }

    /// <summary>The trial ended without telling anything of the backend: the next call is the trial.</summary>
    public void GiveTrialBack()
    {
        lock (_change)
        {
            if (_state == CircuitState.HalfOpen)
            {
                _state = CircuitState.Open;
            }
        }
    }

    /// <summary>Holds the circuit open or closed for a time; null lets it go its own way again.</summary>
    public void Force(CircuitState? state, TimeSpan duration)
    {
        _forced = state is { } wanted ? new ForcedState(wanted, _clock.GetTimestamp(), duration) : null;
        _log.CircuitForced(_key, state?.ToString() ?? "free", duration.TotalSeconds);
    }

    void EndTrial(bool isGood)
    {
        lock (_change)
        {
            if (isGood)
            {
                _counts.Clear();
                _state = CircuitState.Closed;
                _log.CircuitCloses(_key);
            }
            else
            {
                _openedAt = _clock.GetTimestamp();
                _state = CircuitState.Open;
            }
        }
    }

    void OpenIfDue()
    {
        lock (_change)
        {
            var calls = Calls;
            var failures = Failures;
            if (_state == CircuitState.Closed && calls >= _rules.MinimumCalls && failures >= calls * _rules.FailureRatio)
            {
                _openedAt = _clock.GetTimestamp();
                _state = CircuitState.Open;
                _log.CircuitOpens(_key, failures, calls, _rules.Break.TotalSeconds);
            }
        }
    }
}
