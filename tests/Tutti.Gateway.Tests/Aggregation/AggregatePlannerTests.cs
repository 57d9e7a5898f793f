using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Aggregation;

public sealed class AggregatePlannerTests : IDisposable
{
    static readonly PartConfig Product = Some.Part("http://backend.test/${id}", Some.Param(ParamKind.Path, "id"), Some.Param(ParamKind.Header, "X-Lang"));

    readonly CacheWorld _world = new(TimeProvider.System);

    [Fact]
    public void Equal_calls_of_a_safe_method_are_made_once()
    {
        var plan = Plan(Product, Ask("1"), Ask("2"), Ask("1"));

        plan.Calls.Count.ShouldBe(2);
        plan.Parts.Select(part => part.Call).ShouldBe([0, 1, 0]);
    }

    [Fact]
    public void Many_equal_calls_are_made_once_as_well()
    {
        var asked = Enumerable.Range(0, 1_000).Select(i => Ask($"{i % 100}")).ToArray();

        var plan = Plan(Product, asked);

        plan.Calls.Count.ShouldBe(100);
        plan.Parts.Select(part => part.Call).ShouldBe(Enumerable.Range(0, 1_000).Select(i => i % 100));
    }

    [Fact]
    public void Calls_that_differ_in_a_header_alone_are_both_made()
    {
        var (german, french) = (Some.Ask(Product.PartId, ("id", "1"), ("X-Lang", "de")), Some.Ask(Product.PartId, ("id", "1"), ("X-Lang", "fr")));

        Plan(Product, german, french, german).Calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("post")]
    [InlineData("put")]
    [InlineData("patch")]
    [InlineData("delete")]
    public void Equal_calls_of_a_method_that_changes_something_are_all_made(string method) =>
        Plan(Product with { Method = method }, Ask("1"), Ask("1")).Calls.Count.ShouldBe(2);

    [Fact]
    public void Two_parts_of_the_same_address_are_both_called()
    {
        var other = Product with { PartId = Some.Name() };
        _world.Get<PartRegistry>().Swap(Some.Snapshot([Product, other]));

        var plan = Plan(Ask("1"), Some.Ask(other.PartId, ("id", "1")));

        plan.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public void An_unknown_part_needs_no_call()
    {
        var plan = Plan(Product, Some.Ask("nobody"));

        plan.Calls.ShouldBeEmpty();
        plan.Parts[0].Known!.Failure.ShouldBe(PartFailure.UnknownPart);
        plan.Parts[0].Known!.Message.ShouldBe("PartId nobody is unsupported");
    }

    [Fact]
    public void Local_contents_need_no_call()
    {
        var plan = Plan(Product with { LocalContents = new() { Enabled = true, Contents = "here" } }, Ask("1"));

        plan.Calls.ShouldBeEmpty();
        plan.Parts[0].Known!.IsLocal.ShouldBeTrue();
        _world.Get<PartStatsTable>().Of(Product.PartId).Total(PartEvent.Local).ShouldBe(1);
    }

    [Fact]
    public void What_cannot_be_called_is_counted_as_a_bad_request()
    {
        var plan = Plan(Product, Some.Ask(Product.PartId, ("X-Lang", "a\nb")));

        plan.Calls.ShouldBeEmpty();
        plan.Parts[0].Known!.Failure.ShouldBe(PartFailure.UnusableParam);
        _world.Get<PartStatsTable>().Of(Product.PartId).Total(PartEvent.BadRequest).ShouldBe(1);
    }

    [Fact]
    public void A_disabled_part_says_why()
    {
        var broken = PartModel.Compile(Product with { Uri = "ftp://backend.test/" }, Some.Pool(), []);

        CallBinder.TryBind(broken, Some.Meta(), Ask("1"), Some.Trace(), out _, out var refusal).ShouldBeFalse();

        refusal!.Failure.ShouldBe(PartFailure.Disabled);
        refusal.Message!.ShouldContain("http://");
    }

    static PartRequest Ask(string id) => Some.Ask(Product.PartId, ("id", id));

    AggregatePlan Plan(PartConfig part, params PartRequest[] asked)
    {
        _world.Get<PartRegistry>().Swap(Some.Snapshot([part]));
        return Plan(asked);
    }

    AggregatePlan Plan(params PartRequest[] asked) => _world.Get<AggregatePlanner>().Plan(Some.Request(asked), Some.Trace());

    public void Dispose() => _world.Dispose();
}
