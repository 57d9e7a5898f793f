using Microsoft.Extensions.Configuration;
using Tutti.Gateway.Hosting;

namespace Tutti.Gateway.Tests.Hosting;

public sealed class ConfigurationCheckTests
{
    [Fact]
    public void Without_settings_all_is_well()
    {
        Faults().ShouldBeEmpty();
    }

    [Fact]
    public void Every_fault_is_told_by_its_key()
    {
        var faults = Faults(("Tutti:Aggregates:MaxParts", "0"), ("Tutti:Circuits:FailureRatio", "2"), ("Tutti:Traffic:Url", "nowhere"));

        faults.Count.ShouldBe(3);
        faults.ShouldContain(fault => fault.StartsWith("Tutti:Aggregates:MaxParts: ", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("Tutti:Circuits:FailureRatio: ", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("Tutti:Traffic:Url: 'nowhere' is no address to listen on", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Tutti:Aggregates:MaxParts", "many", "is no whole number")]
    [InlineData("Tutti:Circuits:FailureRatio", "half", "is no number")]
    [InlineData("Tutti:Storage:Provider", "oracle", "is none of sqlite, postgresql")]
    public void A_value_of_another_type_is_told(string key, string value, string words) => Faults((key, value)).ShouldBe([$"{key}: '{value}' {words}"]);

    [Theory]
    [InlineData("Tutti:Backends:DeniedNetworks:0")]
    [InlineData("Tutti:Backends:AllowedNetworks:0")]
    [InlineData("Tutti:Traffic:TrustedProxies:0")]
    public void A_network_that_is_none_is_told(string key) => Faults((key, "10.0.0.0/99")).ShouldHaveSingleItem().ShouldContain("'10.0.0.0/99'");

    [Theory]
    [InlineData("customers")]
    [InlineData("=http://10.0.1.22:8080")]
    [InlineData("customers=http://10.0.1.22")]
    [InlineData("customers=ftp://10.0.1.22:21")]
    public void An_instance_that_is_none_is_told(string text) =>
        Faults(("Tutti:Services:Instances:0", text), ("Tutti:Services:Instances:1", "jms=tcp://10.0.1.22:61616")).ShouldHaveSingleItem().ShouldContain($"'{text}'");

    [Theory]
    [InlineData("Tutti:Aggregate:MaxParts", "Tutti:Aggregate")]
    [InlineData("Tutti:Aggregates:MaxPart", "Tutti:Aggregates:MaxPart")]
    public void A_key_that_nobody_reads_is_told_and_no_fault(string key, string told)
    {
        ConfigurationCheck.Run(Configuration((key, "1")), out var unknown).ShouldBeEmpty();

        unknown.ShouldBe([told]);
    }

    [Fact]
    public void The_host_does_not_start_with_faults() =>
        Should.Throw<ConfigurationException>(() => TuttiHost.Create("--Tutti:Aggregates:MaxParts=0", "--Tutti:Circuits:BreakMs=x"))
            .Faults.ShouldContain(fault => fault.StartsWith("Tutti:Circuits:BreakMs", StringComparison.Ordinal));

    static List<string> Faults(params (string Key, string Value)[] settings) => ConfigurationCheck.Run(Configuration(settings), out _);

    static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build();
}
