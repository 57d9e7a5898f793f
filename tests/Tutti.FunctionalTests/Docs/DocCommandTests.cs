using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Tutti.FunctionalTests.Support;
using Tutti.Samples.Storefront;

namespace Tutti.FunctionalTests.Docs;

/// <summary>Each line of curl in the pages does what the page shows, in its order, against what <c>./build.sh run</c> starts.</summary>
public sealed class DocCommandTests : IAsyncLifetime
{
    readonly WebApplication _storefront = StorefrontApp.Create("--urls", "http://127.0.0.1:0", "--raw-port", "0", "--tls-port", "0");
    readonly string _folder = Directory.CreateTempSubdirectory("tutti-docs-").FullName;
    TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        await _storefront.StartAsync();
        Directory.CreateSymbolicLink(Path.Combine(_folder, "samples"), Path.Combine(DocCommand.Root, "samples"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/one-part.md")]
    [InlineData("docs/caching.md")]
    [InlineData("docs/invalidation.md")]
    [InlineData("docs/timeouts-and-circuits.md")]
    [InlineData("docs/admin-api.md")]
    [InlineData("docs/aggregates.md")]
    [InlineData("docs/parts-and-params.md")]
    [InlineData("docs/operations.md")]
    [InlineData("docs/services.md")]
    [InlineData("docs/proxy.md")]
    [InlineData("docs/hygiene.md")]
    [InlineData("docs/old-browsers.md")]
    [InlineData("docs/caching-proxy.md")]
    public async Task Every_line_of_curl_does_what_its_page_shows(string page)
    {
        var commands = DocCommand.Of(page);

        await StartAsync(page);
        commands.ShouldNotBeEmpty();
        foreach (var command in commands)
        {
            var output = await command.RunAsync(_folder, Place);
            if (command.Output is not null)
            {
                command.Shows(output, Place).ShouldBeTrue($"{command.Text}\n\nshows\n{command.Output}\n\nand printed\n{output}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _storefront.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts a gateway with the sample parts, and with the settings that the page says it has.</summary>
    async Task StartAsync(string page)
    {
        _gateway = await TestGateway.StartAsync(page == "docs/hygiene.md" ? ["Cors:Origins:0=https://app.example.com"] : []);
        using var parts = new StringContent(SampleFiles.PartsJson(_storefront), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var imported = await _gateway.Management.PostAsync("/admin/api/import?mode=update", parts);
        imported.IsSuccessStatusCode.ShouldBeTrue(await imported.Content.ReadAsStringAsync());
        using var tour = await _gateway.PostAsync(SampleFiles.AggregateJson);
        tour.IsSuccessStatusCode.ShouldBeTrue();
    }

    /// <summary>Puts the ports that are really listened on in the place of those that the pages name.</summary>
    string Place(string command) => command
        .Replace("localhost:9000", _gateway.Traffic.BaseAddress!.Authority, StringComparison.Ordinal)
        .Replace("localhost:9001", _gateway.Management.BaseAddress!.Authority, StringComparison.Ordinal)
        .Replace("127.0.0.1:9100", new Uri(SampleFiles.BaseUrl(_storefront)).Authority, StringComparison.Ordinal);
}
