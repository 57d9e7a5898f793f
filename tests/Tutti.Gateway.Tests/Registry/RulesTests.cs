using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Tests.Registry;

public sealed class RulesTests
{
    [Fact]
    public void A_valid_part_has_no_faults() => Given.FaultyFields(Given.Part()).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\tb")]
    [InlineData("a\0b")]
    [InlineData("..")]
    public void Part_ids_can_stand_in_an_address(string id) => Given.FaultyFields(Given.Part(id)).ShouldContain("partId");

    [Fact]
    public void Texts_are_whole_characters()
    {
        Given.FaultyFields(Given.Part() with { Owner = "\ud800", Description = "a\0b" }).ShouldBe(["owner", "description"]);
        Given.FaultyFields(Given.Part() with { Owner = "\ud83d\ude00" }).ShouldBeEmpty();
    }

    [Fact]
    public void Part_ids_have_at_most_256_characters()
    {
        Given.FaultyFields(Given.Part(new string('x', 256))).ShouldBeEmpty();
        Given.FaultyFields(Given.Part(new string('x', 257))).ShouldBe(["partId"]);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("content-length")]
    [InlineData("TE")]
    [InlineData("Proxy-Authorization")]
    [InlineData("X Y")]
    [InlineData("X:Y")]
    [InlineData("X\r\nY")]
    [InlineData("Größe")]
    public void Headers_that_steer_the_connection_or_break_it_are_refused(string name) =>
        Given.FaultyFields(Given.Part() with { Params = [new ParamConfig { Name = name, In = ParamKind.Header }] }).ShouldBe(["params[0].name"]);

    [Fact]
    public void Names_are_unique_per_kind()
    {
        ParamConfig[] same = [new() { Name = "a", In = ParamKind.Query }, new() { Name = "a", In = ParamKind.Query }];
        ParamConfig[] other = [new() { Name = "a", In = ParamKind.Query }, new() { Name = "a", In = ParamKind.Cookie }, new() { Name = "A", In = ParamKind.Query }];
        ParamConfig[] headers = [new() { Name = "X-A", In = ParamKind.Header }, new() { Name = "x-a", In = ParamKind.Header }];
        Given.FaultyFields(Given.Part() with { Params = same }).ShouldBe(["params[1].name"]);
        Given.FaultyFields(Given.Part() with { Params = other }).ShouldBeEmpty();
        Given.FaultyFields(Given.Part() with { Params = headers }).ShouldBe(["params[1].name"]);
    }

    [Fact]
    public void Several_segments_are_for_path_params() =>
        Given.FaultyFields(Given.Part() with { Params = [new ParamConfig { Name = "q", In = ParamKind.Query, MultiSegment = true }] }).ShouldBe(["params[0].multiSegment"]);

    [Fact]
    public void Alerts_need_recipients_and_a_threshold()
    {
        Given.FaultyFields(Given.Part() with { Alerts = new AlertConfig { Enabled = true } }).ShouldBe(["alerts.recipients", "alerts.absoluteThreshold"]);
        Given.FaultyFields(Given.Part() with { Alerts = new AlertConfig { Enabled = true, Recipients = "a@b", PercentThreshold = 100.1m } }).ShouldBe(["alerts.percentThreshold"]);
    }

    [Theory]
    [InlineData("proxy", true)]
    [InlineData("proxy:8080", true)]
    [InlineData("https://proxy:8080", true)]
    [InlineData("http://user:secret@proxy", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("proxy/path", false)]
    [InlineData("", false)]
    public void Proxies_are_addresses_without_credentials(string proxy, bool valid) =>
        Given.FaultyFields(Given.Part() with { Backend = new BackendConfig { Proxy = proxy } }).ShouldBe(valid ? [] : ["backend.proxy"]);

    [Fact]
    public void Limits_of_the_circuit_are_those_of_its_documentation()
    {
        var circuit = new CircuitConfig { FailureRatio = 1.01, MinimumCalls = 0, Window = 999, Break = 0 };
        Given.FaultyFields(Given.Part() with { Circuit = circuit }).ShouldBe(["circuit.failureRatio", "circuit.minimumCalls", "circuit.window", "circuit.break"]);
        Given.FaultyFields(Given.Part() with { Circuit = new() { FailureRatio = double.NaN } }).ShouldBe(["circuit.failureRatio"]);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, -2, 1)]
    [InlineData(1, -1, 0)]
    public void Pools_have_a_size_and_perhaps_a_queue(int size, int queue, int faults) =>
        RegistryRules.Check(new PoolConfig { Key = "p", Size = size, Queue = queue }).Count.ShouldBe(faults);

    [Theory]
    [InlineData("http://h${x}/")]
    [InlineData("${scheme}://h/")]
    [InlineData("http://h:${port}/")]
    [InlineData("http://u@h/")]
    [InlineData("http://h\\@evil/")]
    [InlineData("http://h/#f")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//h/")]
    public void Threat_6_the_authority_of_a_template_is_literal(string uri) => Given.FaultyFields(Given.Part(uri: uri)).ShouldBe(["uri"]);

    [Theory]
    [InlineData("http://inside/", true)]
    [InlineData("https://INSIDE:444/", true)]
    [InlineData("http://inside./", true)]
    [InlineData("http://api.corp.example/", true)]
    [InlineData("http://corp.example/", false)]
    [InlineData("http://corp.example.evil/", false)]
    [InlineData("http://one:8080/", true)]
    [InlineData("http://one/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://2130706433/", false)]
    [InlineData("http://[::ffff:169.254.169.254]/", false)]
    public void Threat_7_only_allowed_hosts_are_registered(string uri, bool allowed) =>
        Given.FaultyFields(Given.Part(uri: uri), "inside", "*.corp.example", "one:8080").ShouldBe(allowed ? [] : ["uri"]);
}
