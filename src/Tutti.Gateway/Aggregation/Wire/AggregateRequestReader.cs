using System.Buffers;
using System.Text.Json;
using Tutti.Contracts.Aggregation;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>
/// Reads an aggregate request from UTF-8 JSON. As in Octoparts, types are strict, unknown fields are ignored, and null is absent;
/// beyond it, an absent <c>params</c> is an empty list and <c>timeoutMs</c> is read as <c>timeout</c>.
/// </summary>
internal static class AggregateRequestReader
{
    /// <summary>Reads a request.</summary>
    /// <param name="problem">What is wrong and where, if the result is null.</param>
    public static AggregateRequest? Read(ReadOnlySequence<byte> body, AggregationOptions options, out string? problem)
    {
        var json = new JsonCursor(body, options.MaxJsonDepth);
        try
        {
            problem = null;
            return ReadRequest(ref json, options);
        }
        catch (BadAggregateException e)
        {
            problem = $"Unrecognized request object: {e.Message}";
        }
        catch (JsonException e)
        {
            problem = $"Malformed JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {WhatIsWrong(e)}";
        }

        return null;
    }

    static AggregateRequest ReadRequest(ref JsonCursor json, AggregationOptions options)
    {
        RequestMeta? meta = null;
        List<PartRequest>? requests = null;
        bool hasMeta = false, hasRequests = false;
        HashSet<string>? unknown = null;
        json.Object("");
        while (json.NextField())
        {
            if (json.Is("requestMeta"u8))
            {
                json.Once(ref hasMeta, "requestMeta");
                meta = ReadMeta(ref json);
            }
            else if (json.Is("requests"u8))
            {
                json.Once(ref hasRequests, "requests");
                requests = ReadRequests(ref json, options.MaxParts);
            }
            else
            {
                json.Unknown(ref unknown);
            }
        }

        json.End();
        return new AggregateRequest(
            meta ?? throw json.Bad("requestMeta", "is missing"),
            requests ?? throw json.Bad("requests", "is missing"));
    }

    static RequestMeta ReadMeta(ref JsonCursor json)
    {
        json.Object("requestMeta");
        json.Within = "requestMeta.";
        string? id = null, serviceId = null, userId = null, sessionId = null, requestUrl = null, userAgent = null;
        int? timeout = null, timeoutMs = null;
        Span<bool> seen = stackalloc bool[8];
        HashSet<string>? unknown = null;
        while (json.NextField())
        {
            if (json.Is("id"u8))
            {
                id = TextOnce(ref json, ref seen[0], "id");
            }
            else if (json.Is("serviceId"u8))
            {
                serviceId = TextOnce(ref json, ref seen[1], "serviceId");
            }
            else if (json.Is("userId"u8))
            {
                userId = TextOnce(ref json, ref seen[2], "userId");
            }
            else if (json.Is("sessionId"u8))
            {
                sessionId = TextOnce(ref json, ref seen[3], "sessionId");
            }
            else if (json.Is("requestUrl"u8))
            {
                requestUrl = TextOnce(ref json, ref seen[4], "requestUrl");
            }
            else if (json.Is("userAgent"u8))
            {
                userAgent = TextOnce(ref json, ref seen[5], "userAgent");
            }
            else if (json.Is("timeout"u8))
            {
                json.Once(ref seen[6], "timeout");
                timeout = json.Milliseconds("timeout");
            }
            else if (json.Is("timeoutMs"u8))
            {
                json.Once(ref seen[7], "timeoutMs");
                timeoutMs = json.Milliseconds("timeoutMs");
            }
            else
            {
                json.Unknown(ref unknown);
            }
        }

        var meta = new RequestMeta(
            id ?? throw json.Bad("id", "is missing"), serviceId, userId, sessionId, requestUrl, userAgent, timeout ?? timeoutMs);
        json.Within = "";
        return meta;
    }

    static List<PartRequest>? ReadRequests(ref JsonCursor json, int maxParts)
    {
        if (!json.Array("requests"))
        {
            return null;
        }

        var requests = new List<PartRequest>();
        while (json.NextEntry())
        {
            if (requests.Count == maxParts)
            {
                throw json.Bad("requests", $"has more than {maxParts} entries, the most that one request may ask for");
            }

            requests.Add(ReadPart(ref json, requests.Count));
        }

        return requests;
    }

    static PartRequest ReadPart(ref JsonCursor json, int index)
    {
        json.Within = Entries.Name(index);
        json.ObjectHere("");
        string? partId = null, id = null;
        List<PartRequestParam>? parameters = null;
        bool hasPartId = false, hasId = false, hasParams = false;
        HashSet<string>? unknown = null;
        while (json.NextField())
        {
            if (json.Is("partId"u8))
            {
                partId = NameOnce(ref json, ref hasPartId, "partId");
            }
            else if (json.Is("params"u8))
            {
                json.Once(ref hasParams, "params");
                parameters = ReadParams(ref json);
            }
            else if (json.Is("id"u8))
            {
                id = TextOnce(ref json, ref hasId, "id");
            }
            else
            {
                json.Unknown(ref unknown);
            }
        }

        var part = new PartRequest(partId ?? throw json.Bad("partId", "is missing"), id, parameters ?? (IReadOnlyList<PartRequestParam>)[]);
        json.Within = "";
        return part;
    }

    static List<PartRequestParam>? ReadParams(ref JsonCursor json)
    {
        List<PartRequestParam>? parameters = null;
        if (json.Array("params"))
        {
            while (json.NextEntry())
            {
                parameters ??= new List<PartRequestParam>(2);
                parameters.Add(ReadParam(ref json, parameters.Count));
            }
        }

        return parameters;
    }

    static PartRequestParam ReadParam(ref JsonCursor json, int index)
    {
        json.ObjectHere("params");
        string? key = null, value = null;
        bool hasKey = false, hasValue = false;
        HashSet<string>? unknown = null;
        while (json.NextField())
        {
            if (json.Is("key"u8))
            {
                key = NameOnce(ref json, ref hasKey, "params.key");
            }
            else if (json.Is("value"u8))
            {
                value = TextOnce(ref json, ref hasValue, "params.value");
            }
            else
            {
                json.Unknown(ref unknown);
            }
        }

        return new PartRequestParam(
            key ?? throw json.Bad($"params[{index}].key", "is missing"),
            value ?? throw json.Bad($"params[{index}].value", "is missing"));
    }

    static string? NameOnce(ref JsonCursor json, ref bool seen, string field)
    {
        json.Once(ref seen, field);
        return json.Name(field);
    }

    static string? TextOnce(ref JsonCursor json, ref bool seen, string field)
    {
        json.Once(ref seen, field);
        return json.Text(field);
    }

    /// <summary>The parser's message without the position, which stands before it already.</summary>
    static string WhatIsWrong(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    /// <summary>The names of the first entries, so that a good request builds none.</summary>
    static class Entries
    {
        static readonly string[] First = [.. Enumerable.Range(0, 128).Select(Made)];

        public static string Name(int index) => index < First.Length ? First[index] : Made(index);

        static string Made(int index) => $"requests[{index}].";
    }
}
