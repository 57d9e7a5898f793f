using System.Globalization;
using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Batch;
using Microsoft.OData.Edm;
using Tutti.Batching;
using Tutti.Bench.Batch;

// One trivial endpoint and three ways to ask it many times in one: this package, a loop through a socket, OData's own batching.
// Each process is asked in one way only; the name of the way is the first argument, its address the second.
var (way, url) = (args[0], args[1]);
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.Services.AddTuttiBatching(options => options.MaxRequests = 1_000);
if (way == "odata")
{
    builder.Services.AddControllers().AddOData(options => options.AddRouteComponents("odata", new EdmModel(), new DefaultODataBatchHandler()));
}

await using var app = builder.Build();
using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri(url) };
app.Urls.Add(url);
if (way == "odata")
{
    app.UseODataBatching();
    app.UseRouting();
}

app.MapGet("/trivial", TrivialEndpoint.AnswerAsync);
app.MapGet("/odata/trivial", TrivialEndpoint.AnswerAsync);
app.MapTuttiBatch("/batch");
app.MapPost("/loop/batch", new LoopBack(client).AnswerAsync);
app.MapGet("/allocated", static () => GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
await app.RunAsync();
