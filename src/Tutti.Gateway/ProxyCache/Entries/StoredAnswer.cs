using Microsoft.Extensions.Primitives;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.ProxyCache.Entries;

/// <summary>One answer of a service as it is stored. It does not change, but for the note of which bans it was held against.</summary>
internal sealed class StoredAnswer
{
    /// <summary>What an answer takes beside its texts and its body: this object, its policy, its arrays.</summary>
    const int OwnBytes = 320;

    /// <summary>What a line takes beside its texts.</summary>
    const int LineBytes = 64;

    public required StoredPolicy Policy { get; init; }

    public required HeaderFields Fields { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The reason phrase, where it is not the usual one.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of the last invalidation when its fetch began.</summary>
    public required long Sequence { get; init; }

    /// <summary>The timestamp at which it came or was last confirmed.</summary>
    public required long StoredAt { get; init; }

    /// <summary>By what its URI is known to invalidations.</summary>
    public required uint TargetHash { get; init; }

    /// <summary>What bans left of it, so that each is matched once.</summary>
    public BanNote Bans { get; set; } = BanNote.None;

    /// <summary>The groups and keys by which it is invalidated.</summary>
    public string[] Tags { get; init; } = [];

    /// <summary>The header as it is sent: a value for each name.</summary>
    public KeyValuePair<string, StringValues>[] Lines { get; private init; } = [];

    /// <summary>What it takes in memory.</summary>
    public int Cost { get; private init; }

    public static StoredAnswer Of(StoredAnswer answer)
    {
        var lines = LinesOf(answer.Fields);
        var text = 0;
        foreach (var line in answer.Fields.Lines)
        {
            text += LineBytes + (2 * (line.Name.Length + line.Value.Length));
        }

        var varies = 2 * ((answer.Policy.Vary?.Length ?? 0) + (answer.Policy.Variant?.Length ?? 0));
        return new StoredAnswer
        {
            Policy = answer.Policy,
            Fields = answer.Fields,
            Body = answer.Body,
            Reason = answer.Reason,
            Sequence = answer.Sequence,
            StoredAt = answer.StoredAt,
            TargetHash = answer.TargetHash,
            Tags = answer.Tags,
            Lines = lines,
            Cost = OwnBytes + text + varies + answer.Body.Length,
        };
    }

    /// <summary>The same header with its body.</summary>
    public StoredAnswer Filled(ReadOnlyMemory<byte> body) => Of(new StoredAnswer
    {
        Policy = Policy,
        Fields = Fields,
        // The pump's array may be twice as long as what it holds.
        Body = body.ToArray(),
        Reason = Reason,
        Sequence = Sequence,
        StoredAt = StoredAt,
        TargetHash = TargetHash,
        Tags = Tags,
    });

    /// <summary>The same body under an updated header.</summary>
    public StoredAnswer With(in StoredPolicy policy, HeaderFields fields, long sequence, long storedAt) => Of(new StoredAnswer
    {
        Policy = policy,
        Fields = fields,
        Body = Body,
        Reason = Reason,
        Sequence = sequence,
        StoredAt = storedAt,
        TargetHash = TargetHash,
        Tags = Invalidating.AnswerTags.Of(fields),
    });

    static KeyValuePair<string, StringValues>[] LinesOf(HeaderFields fields)
    {
        var lines = new List<KeyValuePair<string, StringValues>>(fields.Lines.Length);
        foreach (var line in fields.Lines)
        {
            var known = lines.FindIndex(other => line.Is(other.Key));
            if (known >= 0)
            {
                lines[known] = KeyValuePair.Create(lines[known].Key, StringValues.Concat(lines[known].Value, line.Value));
            }
            else if (!line.Is("Content-Length"))
            {
                lines.Add(KeyValuePair.Create(line.Name, new StringValues(line.Value)));
            }
        }

        AddVia(lines);
        return [.. lines];
    }

    /// <summary>The answer went through this gateway (RFC 9110, 7.6.3), also where it is given again.</summary>
    static void AddVia(List<KeyValuePair<string, StringValues>> lines)
    {
        var via = lines.FindIndex(line => line.Key.Equals("Via", StringComparison.OrdinalIgnoreCase));
        if (via < 0)
        {
            lines.Add(KeyValuePair.Create("Via", new StringValues(Proxy.ViaField.Own)));
        }
        else
        {
            lines[via] = KeyValuePair.Create("Via", StringValues.Concat(lines[via].Value, Proxy.ViaField.Own));
        }
    }
}
