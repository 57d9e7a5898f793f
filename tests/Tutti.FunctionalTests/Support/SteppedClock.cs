namespace Tutti.FunctionalTests.Support;

/// <summary>A machine whose wall clock is set while time goes on as ever.</summary>
internal sealed class SteppedClock(TimeSpan step = default) : TimeProvider
{
    long _step = step.Ticks;

    public void Step(TimeSpan by) => Interlocked.Add(ref _step, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _step));
}
