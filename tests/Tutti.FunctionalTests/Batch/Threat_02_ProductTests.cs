using System.Net.Http.Json;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Batch;

/// <summary>Many aggregates in a batch, many parts in each.</summary>
public sealed class Threat_02_ProductTests
{
    [Theory]
    [InlineData(3, 3, 9)]
    [InlineData(3, 4, 8)]
    [InlineData(1, 10, 10)]
    public async Task Threat_02_the_parts_of_all_aggregates_together_are_limited(int aggregates, int parts, int called)
    {
        await using var backend = await Backend.StartAsync();
        await using var gateway = await TestGateway.StartAsync("Aggregates:MaxParts=10", "Batch:MaxConcurrentRequests=1");
        var part = await gateway.RegisterOneAsync(Some.Part(backend.Url, Some.Param(Gateway.Registry.ParamKind.Query, "q")));
        var requests = Enumerable.Range(0, aggregates).Select(a => new
        {
            id = $"{a}",
            method = "POST",
            url = "/octoparts/2",
            body = new
            {
                requestMeta = new { id = $"{a}" },
                requests = Enumerable.Range(0, parts).Select(p => new { partId = part, id = $"{p}", @params = new[] { new { key = "q", value = $"{a}-{p}" } } }),
            },
        });

        using var answer = await gateway.Traffic.PostAsJsonAsync("/batch", new { requests });

        var statuses = (await BatchTests.JsonOf(answer)).GetProperty("responses").EnumerateArray().Select(response => response.GetProperty("status").GetInt32()).ToArray();
        statuses.Count(status => status == 200).ShouldBe(called / parts);
        statuses.Count(status => status == 413).ShouldBe(aggregates - (called / parts));
        backend.Requests.Length.ShouldBe(called);
    }
}
