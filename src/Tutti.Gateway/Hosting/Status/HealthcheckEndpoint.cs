using System.Text.Json;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Store;
using Tutti.Gateway.Resilience;

namespace Tutti.Gateway.Hosting.Status;

/// <summary>
/// The health of this node in Octoparts' words. It is always answered 200, and open circuits leave it green: they are the backends'
/// trouble.
/// </summary>
internal sealed class HealthcheckEndpoint(PartRegistry registry, RegistryStore store, ResilienceStates states)
{
    public async Task HandleAsync(HttpContext context)
    {
        var (isFine, message) = Database();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("colour", isFine ? "GREEN" : "YELLOW");
        json.WriteStartObject("statuses");
        json.WriteStartObject("db");
        json.WriteBoolean("ok", isFine);
        json.WriteString("message", message);
        json.WriteEndObject();
        WriteCircuits(json);
        json.WriteStartObject("memcached");
        json.WriteBoolean("ok", true);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    (bool IsFine, string Message) Database() =>
        !store.IsReachable ? (false, "The database of the registry does not answer")
        : registry.Current.Parts.Count == 0 ? (false, "parts_config table is empty!")
        : (true, "DB looks fine");

    void WriteCircuits(Utf8JsonWriter json)
    {
        string[] open = [.. states.Circuits.Where(circuit => circuit.State != CircuitState.Closed).Select(circuit => circuit.Key)];
        json.WriteStartObject("hystrix");
        json.WriteBoolean("ok", open.Length == 0);
        json.WriteStartArray("openCircuits");
        foreach (var key in open)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
