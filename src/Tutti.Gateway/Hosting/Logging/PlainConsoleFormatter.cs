using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Tutti.Gateway.Edge;

namespace Tutti.Gateway.Hosting.Logging;

/// <summary>
/// Writes log events for people at a terminal: one line each, whatever a message holds. The stock formatter lets carriage returns and
/// escape sequences through.
/// </summary>
internal sealed class PlainConsoleFormatter(TimeProvider clock) : ConsoleFormatter(Key)
{
    public const string Key = "tutti";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var category = logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..];
        textWriter.Write(clock.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        textWriter.Write(WordOf(logEntry.LogLevel));
        textWriter.Write($" {category}: {LogText.OneLine(message)}");
        scopeProvider?.ForEachScope(WriteMetadata, textWriter);
        textWriter.WriteLine();
        if (logEntry.Exception is { } error)
        {
            foreach (var line in error.ToString().Split('\n'))
            {
                textWriter.WriteLine($"         {LogText.OneLine(line.TrimEnd('\r'))}");
            }
        }
    }

    static void WriteMetadata(object? scope, TextWriter text)
    {
        if (scope is MetadataScope)
        {
            text.Write($" ({LogText.OneLine($"{scope}")})");
        }
    }

    static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        LogLevel.None => "none",
    };
}
