using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Tutti.Bench.Limit;

var options = LimitOptions.Parse(args);
var builder = WebApplication.CreateEmptyBuilder(new());
builder.WebHost.UseKestrelCore();
builder.Services.AddRoutingCore();
builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = options.Inline);

await using var app = builder.Build();
using var sender = new PartSender(options);
app.Urls.Add(options.Url);
app.MapPost("/octoparts/2", new AggregateEndpoint(sender.SendAsync).AnswerAsync);
app.MapPost("/dictionary/octoparts/2", new AggregateEndpoint(new KeptParts(sender).SendAsync).AnswerAsync);
app.MapGet("/readyz", static context => context.Response.WriteAsync("ready"));
await app.RunAsync();
