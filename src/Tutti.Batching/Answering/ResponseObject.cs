using System.Text.Json;
using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>Writes one answer with its status, headers and body.</summary>
internal static class ResponseObject
{
    /// <summary>What belongs to a connection, or to the length that the body had on its own.</summary>
    static readonly HashSet<string> NotTold = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Trailer", "Upgrade", "Content-Length",
    };

    /// <summary>An element of <c>responses</c>, or a line.</summary>
    public static void Write(Utf8JsonWriter json, CallRun call, BatchDialect dialect, int maxDepth)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, call.Id);
        if (call.Planned.Call.AtomicityGroup is { } group)
        {
            json.WriteString("atomicityGroup"u8, group);
        }

        WriteMembers(json, call, dialect, maxDepth);
        json.WriteEndObject();
    }

    /// <summary>A section with its envelope.</summary>
    public static void WriteSection(Utf8JsonWriter json, CallRun call, int maxDepth)
    {
        json.WriteStartObject();
        WriteMembers(json, call, BatchDialect.Plain, maxDepth);
        json.WriteEndObject();
    }

    static void WriteMembers(Utf8JsonWriter json, CallRun call, BatchDialect dialect, int maxDepth)
    {
        json.WriteNumber("status"u8, call.Status);
        json.WriteStartObject("headers"u8);
        WriteHeaders(json, call, dialect);
        json.WriteEndObject();
        if (call.Problem is { } problem)
        {
            json.WritePropertyName("body"u8);
            BatchProblem.Write(json, problem);
        }
        else if (!call.Response!.Written.Written.IsEmpty)
        {
            json.WritePropertyName("body"u8);
            AnswerBody.Write(json, call.Response, dialect, maxDepth);
        }
    }

    static void WriteHeaders(Utf8JsonWriter json, CallRun call, BatchDialect dialect)
    {
        if (call.Response is not { } response)
        {
            json.WriteString(dialect == BatchDialect.OData ? "content-type"u8 : "Content-Type"u8, BatchProblem.MediaType);
            return;
        }

        foreach (var (name, values) in response.Headers)
        {
            if (!NotTold.Contains(name))
            {
                json.WriteString(dialect == BatchDialect.OData ? name.ToLowerInvariant() : name, values.Count == 1 ? values[0] : string.Join(", ", values.ToArray()));
            }
        }
    }
}
