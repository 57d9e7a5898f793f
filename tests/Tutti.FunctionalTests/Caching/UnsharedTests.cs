using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Those who wait for an answer that is not for them call for themselves as soon as its header says so (threat 35).</summary>
public sealed class UnsharedTests : IAsyncLifetime
{
    const int Askers = 5;

    readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    CacheScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await CacheScene.StartAsync();

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Within_aggregates(int status)
    {
        _scene.Answer = Private(status);

        var asking = _scene.AskAtOnceAsync(Askers);
        await Eventually.BeAsync(() => _scene.Calls, Askers);
        _release.SetResult();

        (await asking).Select(answer => answer.Contents).Distinct().Count().ShouldBe(Askers);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task At_the_door_of_one_part(int status)
    {
        _scene.Answer = Private(status);

        var asking = Task.WhenAll(Enumerable.Range(0, Askers).Select(async _ => await (await _scene.GetAsync()).Content.ReadAsStringAsync()));
        await Eventually.BeAsync(() => _scene.Calls, Askers);
        _release.SetResult();

        (await asking).Distinct().Count().ShouldBe(Askers);
    }

    public ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        return _scene.DisposeAsync();
    }

    Func<HttpContext, Task> Private(int status) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "private";
        await context.Response.Body.FlushAsync();
        await _release.Task;
    };
}
