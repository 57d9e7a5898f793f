using Tutti.FunctionalTests.Registry;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>Passwords of the configuration are shown nowhere.</summary>
public sealed class Threat_60_SecretTests
{
    const string Secret = "hunter2-is-no-password";

    [Fact]
    public async Task Threat_60_The_databases_password_is_in_no_answer_and_no_log_even_while_it_does_not_answer()
    {
        var log = new LogLines();
        await using var node = await Node.StartAsync(
            log,
            "--Tutti:Storage:Provider=postgresql",
            $"--Tutti:Storage:ConnectionString=Host=127.0.0.1;Port=1;Database=x;Username=u;Password={Secret}",
            $"--Custom:ApiKey={Secret}",
            $"--Custom:Nested:Authorization=Bearer {Secret}",
            $"--OTEL_EXPORTER_OTLP_HEADERS=api-key={Secret}",
            "--Logging:LogLevel:Default=Trace");
        await Eventually.TrueAsync(() => log.Text.Contains("127.0.0.1:1", StringComparison.Ordinal) || log.Text.Contains("refused", StringComparison.Ordinal));

        var config = await node.Management.GetStringAsync("/system/config", TestContext.Current.CancellationToken);
        var health = await node.Management.GetStringAsync("/system/healthcheck", TestContext.Current.CancellationToken);

        config.ShouldContain("Host=127.0.0.1;Port=1;Database=x;Username=u;Password=****");
        config.ShouldNotContain(Secret);
        health.ShouldContain("\"YELLOW\"");
        health.ShouldNotContain(Secret);
        log.Text.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("cache.invalid:6379,user=u,password=")]
    [InlineData("cache.invalid:6379,user=u,password=a;b\"c")]
    [InlineData("password=\"\"")]
    public async Task Threat_60_The_password_of_Redis_is_in_no_answer_and_no_log(string before)
    {
        var log = new LogLines();
        await using var node = await Node.StartAsync(
            log, $"--Tutti:Redis:ConnectionString={before}{Secret},cache.invalid:6380,ssl=true", "--Logging:LogLevel:Default=Trace");

        var config = await node.Management.GetStringAsync("/system/config", TestContext.Current.CancellationToken);

        config.ShouldContain("password=****");
        config.ShouldNotContain(Secret);
        log.Text.ShouldNotContain(Secret);
    }
}
