using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tutti.FunctionalTests.Support;

/// <summary>Collects what a gateway logs as an error: whatever a client or a backend does, it must be nothing.</summary>
internal sealed class CollectedErrors : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<string> _errors = new();

    public void ShouldBeNone() => _errors.ShouldBeEmpty();

    public void Forget() => _errors.Clear();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _errors.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
