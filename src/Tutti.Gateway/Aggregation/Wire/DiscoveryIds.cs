using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>The parts that a POST of discovery asks for, or why they cannot be told.</summary>
/// <param name="Ids">None where all parts are asked for; null where the request is refused.</param>
internal readonly record struct DiscoveryIds(IReadOnlyList<string>? Ids, int Status = 200, string? Problem = null)
{
    /// <summary>Octoparts' own words, misspelt as they are.</summary>
    static readonly DiscoveryIds Unreadable = new(null, 400, "Could no bind ids from request");

    /// <summary>Reads <c>ids</c> from JSON or a form.</summary>
    public static async ValueTask<DiscoveryIds> ReadAsync(HttpRequest request, AggregationOptions options, CancellationToken ct)
    {
        try
        {
            var found = request.HasFormContentType
                ? await ReadFormAsync(request, options.MaxRequestBytes, ct)
                : await ReadJsonAsync(request, options, ct);
            return found.Ids?.Any(string.IsNullOrWhiteSpace) == true ? Unreadable : found;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge(options.MaxRequestBytes)
                : new DiscoveryIds(null, e.StatusCode, RequestBody.Unreadable(e));
        }
    }

    static async ValueTask<DiscoveryIds> ReadJsonAsync(HttpRequest request, AggregationOptions options, CancellationToken ct)
    {
        if (await RequestBody.ReadAsync(request, options.MaxRequestBytes, ct) is not { } body)
        {
            return TooLarge(options.MaxRequestBytes);
        }

        var refusal = body.IsEmpty || request.ContentType is null ? null : RequestMedia.Refuse(request);
        var found = refusal is not null ? new DiscoveryIds(null, 415, refusal)
            : body.IsEmpty ? new DiscoveryIds([])
            : Parse(RequestMedia.WithoutByteOrderMark(RequestMedia.ToUtf8(request, body)), options.MaxJsonDepth);
        request.BodyReader.AdvanceTo(body.End);
        return found;
    }

    static DiscoveryIds Parse(ReadOnlySequence<byte> utf8, int maxDepth)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth });
            return json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("ids", out var ids) || ids.ValueKind == JsonValueKind.Null
                ? new([])
                : new([.. ids.EnumerateArray().Select(id => id.GetString() ?? "")]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Unreadable;
        }
    }

    static async ValueTask<DiscoveryIds> ReadFormAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        if (request.ContentLength > limit)
        {
            return TooLarge(limit);
        }

        try
        {
            request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = limit;
            var form = await new FormFeature(request, new FormOptions { ValueCountLimit = limit }).ReadFormAsync(ct);
            return new([.. form.Where(field => Place(field.Key) is not null).OrderBy(field => Place(field.Key)).SelectMany(field => field.Value).OfType<string>()]);
        }
        catch (Exception e) when (e is IOException and not BadHttpRequestException or InvalidDataException)
        {
            return Unreadable;
        }
    }

    /// <summary>Where the values of a field stand in the list: Play counts <c>ids[0]</c>, <c>ids[1]</c>, and takes <c>ids[]</c> as they come.</summary>
    static int? Place(string field) => field is "ids" or "ids[]" ? 0
        : field.StartsWith("ids[", StringComparison.Ordinal) && field.EndsWith(']')
            && int.TryParse(field.AsSpan(4, field.Length - 5), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
        : null;

    static DiscoveryIds TooLarge(int limit) => new(null, 413, $"The request is larger than {limit} bytes");
}
