using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tutti.Bench.Limit;

/// <summary>The least that a cache can be: a dictionary of bodies as they are written, which nothing bounds and nothing invalidates.</summary>
sealed class KeptParts(PartSender sender)
{
    /// <summary>Parts whose ids begin so are kept for ever, the others never.</summary>
    const string Prefix = "kept";

    readonly ConcurrentDictionary<(string PartId, string Item), Answer> _answers = new();

    public Task SendAsync(PartCall call, CancellationToken ct)
    {
        if (!call.PartId.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return sender.SendAsync(call, ct);
        }

        if (!_answers.TryGetValue((call.PartId, call.Item), out var answer))
        {
            return FetchAsync(call, ct);
        }

        (call.StatusCode, call.ContentType, call.Kept) = (answer.StatusCode, answer.ContentType, answer.Body);
        return Task.CompletedTask;
    }

    async Task FetchAsync(PartCall call, CancellationToken ct)
    {
        await sender.SendAsync(call, ct);
        var body = JsonEncodedText.Encode(call.Contents, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        _answers[(call.PartId, call.Item)] = new(call.StatusCode, call.ContentType, [(byte)'"', .. body.EncodedUtf8Bytes, (byte)'"']);
    }

    sealed record Answer(int StatusCode, string? ContentType, byte[] Body);
}
