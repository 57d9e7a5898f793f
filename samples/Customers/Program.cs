using Tutti.Client;
using Tutti.Samples.Customers;

// A service as a bundle: it listens where its environment says, signals that it started, and finds another service when it needs it.
var builder = WebApplication.CreateSlimBuilder(args);
await using var app = builder.Build();
using var bundle = BundleClient.FromEnvironment();
using var http = new HttpClient();
var address = $"http://{Variable("WEB_BIND_IP", "127.0.0.1")}:{Variable("WEB_BIND_PORT", "9110")}";
app.Urls.Add(address);
new CustomerEndpoints(bundle, http, address).Map(app);
await app.StartAsync();
if (!await bundle.SignalStartedAsync())
{
    return 70;
}

// The signal, said again, renews the lease of the instance.
using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(app.Configuration.GetValue("SignalEveryMs", 10_000)));
while (!app.Lifetime.ApplicationStopping.IsCancellationRequested)
{
    try
    {
        await timer.WaitForNextTickAsync(app.Lifetime.ApplicationStopping);
        await bundle.SignalStartedAsync(app.Lifetime.ApplicationStopping);
    }
    catch (OperationCanceledException)
    {
        break;
    }
}

await app.WaitForShutdownAsync();
return 0;

static string Variable(string name, string otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;
