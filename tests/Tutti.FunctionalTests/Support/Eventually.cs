namespace Tutti.FunctionalTests.Support;

/// <summary>Waits for what is not signalled, such as a closed socket on the other side.</summary>
internal static class Eventually
{
    /// <summary>Nothing here takes this long unless it hangs.</summary>
    public static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(30);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var guard = new CancellationTokenSource(HangGuard);
        while (!await condition())
        {
            await Task.Delay(10, guard.Token);
        }
    }

    /// <summary>Waits until a value is reached, and shows the last one otherwise.</summary>
    public static async Task BeAsync<T>(Func<T> value, T expected)
    {
        using var guard = new CancellationTokenSource(HangGuard);
        while (!Equals(value(), expected) && !guard.IsCancellationRequested)
        {
            await Task.Delay(10);
        }

        value().ShouldBe(expected);
    }
}
