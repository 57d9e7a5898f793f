using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Tutti.Gateway.Edge;
using Tutti.Gateway.Hosting.Logging;

namespace Tutti.Gateway.Tests.Hosting;

/// <summary>One event stays one record, whatever an id holds.</summary>
public sealed class Threat_59_LogInjectionTests
{
    const string Id = "part\r\n2026-01-01 fail: forged\u001b[31m\u2028next\u0085\u202e\"}";

    [Theory]
    [InlineData("json")]
    [InlineData(PlainConsoleFormatter.Key)]
    public void Threat_59_An_id_with_line_breaks_and_escapes_stays_one_record(string formatter)
    {
        var text = Write(formatter, Id);

        text.TrimEnd('\n').ShouldNotContain(c => char.IsControl(c) || c == '\u2028' || c == '\u202e');
        text.ShouldEndWith("\n");
        text.ShouldContain("forged");
    }

    [Fact]
    public void Threat_59_A_huge_id_is_cut()
    {
        var text = Write(PlainConsoleFormatter.Key, new string('x', 1_048_576));

        text.Length.ShouldBeLessThan(5_000);
        text.ShouldContain("1048576 characters");
    }

    [Theory]
    [InlineData("json")]
    [InlineData(PlainConsoleFormatter.Key)]
    public void Threat_59_What_a_request_belongs_to_stands_in_its_record_and_breaks_none(string formatter)
    {
        var text = Write(formatter, "message", new MetadataScope("cart-17\u202e\"}"));

        text.TrimEnd('\n').ShouldNotContain(c => char.IsControl(c) || c == '\u202e');
        text.ShouldContain("cart-17");
        text.ShouldContain("X-Metadata");
    }

    static string Write(string formatter, string message, MetadataScope? scope = null)
    {
        var scopes = new LoggerExternalScopeProvider();
        using var within = scopes.Push(scope);
        using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.AddJsonConsole(json => json.IncludeScopes = true).AddConsoleFormatter<PlainConsoleFormatter, ConsoleFormatterOptions>())
            .BuildServiceProvider();
        using var text = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(LogLevel.Warning, "Tutti.Test", new EventId(1), message, null, (state, _) => state);
        services.GetServices<ConsoleFormatter>().Single(one => one.Name == formatter).Write(in entry, scope is null ? null : scopes, text);
        return text.ToString();
    }
}
