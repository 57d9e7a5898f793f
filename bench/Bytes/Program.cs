using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

// Answers from arrays, with the header that a cache gives: the least that a hit can cost. The first argument is its own address; it fetches
// what the second one names and answers it under /kept, and what the third one names under every other path.
var (url, kept, page) = (args[0], args[1], args[2]);
using var client = new HttpClient();
var (small, large) = (await client.GetByteArrayAsync(kept), await client.GetByteArrayAsync(page));

var builder = WebApplication.CreateEmptyBuilder(new());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = args.Contains("--inline"));

await using var app = builder.Build();
app.Urls.Add(url);
app.Run(async context =>
{
    var body = context.Request.Path.StartsWithSegments("/kept") ? small : large;
    var headers = context.Response.Headers;
    headers.ContentType = "application/json";
    headers.ContentLength = body.Length;
    headers.CacheControl = "max-age=86400";
    headers.Age = "1";
    headers.Via = "1.1 bytes";
    headers["Cache-Status"] = "Bytes; hit; ttl=86399";
    await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
});
await app.RunAsync();
