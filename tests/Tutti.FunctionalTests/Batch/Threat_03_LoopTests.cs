using System.Net.Http.Json;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Batch;

/// <summary>Batches and parts that lead back to the gateway.</summary>
public sealed class Threat_03_LoopTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData("/batch?x=/livez")]
    [InlineData("/%62atch?x=/livez")]
    [InlineData("/BATCH/?x=/livez")]
    public async Task Threat_03_a_batch_holds_no_batch(string url)
    {
        using var answer = await _gateway.Traffic.PostAsJsonAsync("/batch", new { requests = new[] { new { id = "1", method = "GET", url } } });

        (await BatchTests.JsonOf(answer)).GetProperty("responses")[0].GetProperty("body").GetProperty("title").GetString().ShouldBe("Batch inside a batch");
    }

    [Theory]
    [InlineData("batch?x=%2Fparts%2F{0}&y=%2Fparts%2F{0}")]
    [InlineData("parts/{0}")]
    public async Task Threat_03_a_part_that_leads_back_to_the_gateway_ends_there(string path)
    {
        var id = Some.Name();
        await _gateway.RegisterAsync(Some.Part($"{_gateway.Traffic.BaseAddress}{string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id)}") with { PartId = id, CacheTtl = path[0] == 'p' ? null : 0 });

        using var answer = await _gateway.Traffic.GetAsync($"/batch?a=/parts/{id}");

        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("508");
        text.ShouldContain("leads back to this gateway");
    }

    [Fact]
    public async Task Threat_03_an_aggregate_that_names_the_gateway_as_a_part_ends_there()
    {
        var part = await _gateway.RegisterOneAsync(Some.Part($"{_gateway.Traffic.BaseAddress}octoparts/2", Some.Param(ParamKind.Body, "body")) with { Method = "post" });

        var answer = (await _gateway.AskAsync(Some.Ask(part, ("body", "{}"))))[0];

        answer.Status.ShouldBe(508);
    }

    [Fact]
    public async Task Threat_03_the_hops_between_gateways_are_counted()
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));

        (await AskAsync("tutti-1, other, tutti-2, tutti-3")).ShouldBe(200);
        (await AskAsync("tutti-1, tutti-2, tutti-3, tutti-4")).ShouldBe(508);

        backend.Request.Header("CDN-Loop")!.ShouldStartWith("tutti-1, other, tutti-2, tutti-3, tutti-");

        async Task<int> AskAsync(string mark)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/parts/{part}");
            request.Headers.Add("CDN-Loop", mark);
            using var answer = await _gateway.Traffic.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }
}
