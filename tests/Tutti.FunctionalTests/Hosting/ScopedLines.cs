using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>Keeps every log message with its scopes.</summary>
internal sealed class ScopedLines : ILoggerProvider, ILogger, ISupportExternalScope
{
    readonly ConcurrentQueue<string> _lines = new();
    IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public string[] Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = new List<string> { formatter(state, exception), $"{exception}" };
        _scopes.ForEachScope(static (scope, line) => line.Add($"<{scope}>"), line);
        _lines.Enqueue(string.Join(' ', line));
    }

    public void Dispose()
    {
    }
}
