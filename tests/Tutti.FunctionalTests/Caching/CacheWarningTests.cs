using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>What the admin API warns of in a part's caching, on reading it.</summary>
public sealed class CacheWarningTests : IAsyncLifetime
{
    const string Absent = "cacheTtl is absent";

    CacheScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await CacheScene.StartAsync(part => part with { CacheTtl = null });

    [Fact]
    public async Task An_absent_time_is_warned_of_unless_answers_can_be_validated()
    {
        (await WarningsAsync()).ShouldContain(Absent);

        _scene.Say("ETag", "\"x\"");
        await _scene.AskAsync();
        (await WarningsAsync()).ShouldNotContain(Absent);

        _scene.Answer = _ => Task.CompletedTask;
        await _scene.AskAsync();
        (await WarningsAsync()).ShouldContain(Absent);
    }

    [Theory]
    [InlineData("get", null, false, Absent)]
    [InlineData("head", null, false, Absent)]
    [InlineData("post", null, true, Absent)]
    [InlineData("post", null, false, "")]
    [InlineData("options", null, false, "")]
    [InlineData("get", 0L, false, "")]
    [InlineData("get", 1_000L, false, "")]
    [InlineData("get", 999L, false, "cacheTtl is below 1,000 ms")]
    public async Task Of_what_is_cached_alone(string method, long? ttl, bool storeUnsafe, string warning)
    {
        await _scene.RegisterAsync(_scene.Part with { Method = method, CacheTtl = ttl, Cache = new CacheConfig { StoreUnsafe = storeUnsafe } });

        var warnings = await WarningsAsync();

        warnings.Contains("cacheTtl", StringComparison.Ordinal).ShouldBe(warning.Length > 0);
        warnings.ShouldContain(warning);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    async Task<string> WarningsAsync()
    {
        var part = JsonDocument.Parse(await _scene.Gateway.Management.GetStringAsync($"/admin/api/parts/{_scene.Part.PartId}")).RootElement;
        return string.Join('\n', part.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));
    }
}
