using Tutti.FunctionalTests.Support;

[assembly: AssemblyFixture(typeof(SharedGateway))]

namespace Tutti.FunctionalTests.Support;

/// <summary>The gateway of all tests that need no settings of their own. Each registers parts of its own.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    internal TestGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
