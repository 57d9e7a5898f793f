using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Edge;

/// <summary>More requests than a service takes are told so at once, and cost nobody else anything.</summary>
public sealed class Threat_66_OverloadTests
{
    [Fact]
    public async Task Threat_66_beyond_the_pool_of_a_service_it_is_503_at_once_with_Retry_After_and_others_go_on()
    {
        var release = new TaskCompletionSource();
        await using var busy = await Backend.StartAsync(_ => release.Task);
        await using var free = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync();
        var full = await world.ServiceAsync(""","pool":{"size":8,"queue":0},"circuit":{"minimumCalls":1000}""");
        var other = await world.ServiceAsync();
        await world.InstanceAsync(full, busy.Url);
        await world.InstanceAsync(other, free.Url);
        var asked = Enumerable.Range(0, 40).Select(number => world.Client.GetAsync($"/{full}/{number}")).ToArray();

        // While eight hang, all the others are answered.
        await Eventually.TrueAsync(() => asked.Count(answer => answer.IsCompleted) == 32);
        (await world.Client.GetAsync($"/{other}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        (await world.Client.GetAsync("/livez", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        (await world.Gateway.Management.GetAsync("/admin/api/services", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        release.SetResult();

        var answers = await Task.WhenAll(asked);
        answers.Count(answer => (int)answer.StatusCode == 200).ShouldBe(8);
        answers.Where(answer => (int)answer.StatusCode == 503).Count(answer => answer.Headers.RetryAfter?.Delta > TimeSpan.Zero).ShouldBe(32);
        (await world.Client.GetAsync($"/{full}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }
}
