using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Rewrite;

namespace Tutti.Batching.Tests.Threats;

/// <summary>A batch inside a batch, by whatever spelling.</summary>
public sealed class Threat_03_NestingTests
{
    [Theory]
    [InlineData("/batch?x=/a")]
    [InlineData("batch?x=/a")]
    [InlineData("/BATCH?x=/a")]
    [InlineData("/%62%61tch?x=/a")]
    [InlineData("/batch/?x=/a")]
    [InlineData("/./batch?x=/a")]
    [InlineData("/y/../batch?x=/a")]
    [InlineData("/y/%2e%2e/batch?x=/a")]
    [InlineData("/rewritten?x=/a")]
    [InlineData("/other?x=/a")]
    [InlineData("http://SELF/batch?x=/a")]
    public async Task Threat_03_no_spelling_reaches_a_batch_from_a_batch(string url)
    {
        var ran = 0;
        await using var host = await Host.StartAsync(app =>
        {
            app.UseRewriter(new RewriteOptions().AddRewrite("^rewritten", "batch", skipRemainingRules: true));
            app.UseRouting();
            app.MapTuttiBatch("/other");
            app.MapGet("/a", () => ++ran);
        });

        var responses = await host.AskAsync(new { id = "1", method = "GET", url = url.Replace("SELF", host.Client.BaseAddress!.Authority, StringComparison.Ordinal) });

        responses["1"].GetProperty("status").GetInt32().ShouldBe(400);
        responses["1"].GetProperty("body").GetProperty("title").GetString().ShouldBe("Batch inside a batch");
        ran.ShouldBe(0);
    }

    [Fact]
    public async Task Threat_03_nor_does_a_posted_one()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => 1));

        var responses = await host.AskAsync(new { id = "1", method = "POST", url = "/batch", body = new { requests = new[] { new { id = "1", method = "GET", url = "/a" } } } });

        responses["1"].GetProperty("body").GetProperty("title").GetString().ShouldBe("Batch inside a batch");
    }
}
