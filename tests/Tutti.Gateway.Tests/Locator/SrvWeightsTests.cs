using Tutti.Gateway.Locator.Sources;

namespace Tutti.Gateway.Tests.Locator;

/// <summary>Weights of SRV records become shares of instances.</summary>
public sealed class SrvWeightsTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 10, 1)]
    [InlineData(10, 10, 10)]
    [InlineData(65_535, 65_535, 1_000)]
    [InlineData(6_553, 65_535, 99)]
    [InlineData(1, 65_535, 1)]
    public void A_weight_stays_within_what_an_instance_can_have(int weight, int heaviest, int expected) => SrvWeights.Of(weight, heaviest).ShouldBe(expected);
}
