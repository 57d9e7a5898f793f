using System.Diagnostics;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

// YARP's forwarder and nothing else: every request goes to one backend. The first argument is its own address, the second the backend's.
var (url, backend) = (args[0], args[1]);
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.Services.AddHttpForwarder();

await using var app = builder.Build();
using var client = new HttpMessageInvoker(new SocketsHttpHandler
{
    UseProxy = false,
    AllowAutoRedirect = false,
    AutomaticDecompression = DecompressionMethods.None,
    UseCookies = false,
    EnableMultipleHttp2Connections = true,
    ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
    ConnectTimeout = TimeSpan.FromSeconds(15),
});
app.Urls.Add(url);
app.MapForwarder("/{**rest}", backend, new ForwarderRequestConfig(), HttpTransformer.Default, client);
await app.RunAsync();
