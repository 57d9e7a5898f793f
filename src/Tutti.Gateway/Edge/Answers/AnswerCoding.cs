using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Tutti.Gateway.Edge.Answers;

/// <summary>Decides which answers are compressed, and changes the fields that spoke of the bytes as they were (RFC 9110, 8.4).</summary>
internal sealed class AnswerCoding(IServiceProvider services, AnswerOptions options) : ResponseCompressionProvider(services, Options.Create(Settings(options)))
{
    static readonly string[] UsualTypes =
    [
        "application/json", "application/problem+json", "application/*+json", "application/xml", "application/*+xml", "application/javascript",
        "text/javascript", "text/css", "text/csv", "text/html", "text/plain", "text/xml", "image/svg+xml", "application/wasm",
    ];

    /// <summary>The gateway's favourites first.</summary>
    static readonly string[] Names = ["br", "zstd", "gzip"];

    /// <summary>What tells of single bytes, or of a way to get some of them.</summary>
    static readonly string[] OfTheBytes = ["Accept-Ranges", "Content-Digest", "Repr-Digest", "Digest"];

    readonly ICompressionProvider[] _offered =
    [
        new BrotliCompressionProvider(new BrotliCompressionProviderOptions { Level = CompressionLevel.Optimal }),
        new ZstandardCoding(),
        new GzipCompressionProvider(new GzipCompressionProviderOptions { Level = CompressionLevel.Optimal }),
    ];

    /// <summary>The platform's own choice takes <c>*</c> for a coding that was excluded before it.</summary>
    public override ICompressionProvider? GetCompressionProvider(HttpContext context) =>
        CodingChoice.Among(Names, context.Request.Headers.AcceptEncoding) is >= 0 and var place ? _offered[place] : null;

    public override bool ShouldCompressResponse(HttpContext context)
    {
        if (!IsCompressible(context))
        {
            return false;
        }

        if (GetCompressionProvider(context) is not null)
        {
            Rewrite(context.Response.Headers);
        }

        return true;
    }

    /// <summary>Says that the answer depends on what the client accepts, for a client that was answered without compression.</summary>
    public Task AnnounceAsync(HttpContext context)
    {
        if (IsCompressible(context))
        {
            Vary(context.Response.Headers);
        }

        return Task.CompletedTask;
    }

    /// <summary>Gives a HEAD the fields that a GET would be answered with (RFC 9110, 9.3.2).</summary>
    public Task AnnounceHeadAsync(HttpContext context)
    {
        if (ShouldCompressResponse(context))
        {
            var headers = context.Response.Headers;
            Vary(headers);
            if (GetCompressionProvider(context) is { } coding)
            {
                headers.ContentEncoding = coding.EncodingName;
                headers.ContentMD5 = default;
                headers.ContentLength = null;
            }
        }

        return Task.CompletedTask;
    }

    bool IsCompressible(HttpContext context) =>
        context.Response.ContentLength is not { } length || length >= options.MinCompressedBytes
            ? !ForbidsChange(context.Response.Headers) && !ForbidsChange(context.Request.Headers) && base.ShouldCompressResponse(context)
            : false;

    static bool ForbidsChange(IHeaderDictionary headers) => headers.CacheControl.Count > 0
        && headers.GetCommaSeparatedValues(HeaderNames.CacheControl).Contains("no-transform", StringComparer.OrdinalIgnoreCase);

    static void Rewrite(IHeaderDictionary headers)
    {
        foreach (var name in OfTheBytes)
        {
            headers.Remove(name);
        }

        // The same answer in other bytes: equal by meaning, not by byte (RFC 9110, 8.8.1).
        if (headers.ETag is [{ } tag] && tag.StartsWith('"'))
        {
            headers.ETag = $"W/{tag}";
        }
    }

    static void Vary(IHeaderDictionary headers)
    {
        if (!headers.GetCommaSeparatedValues(HeaderNames.Vary).Any(name => name is "*" || name.Equals(HeaderNames.AcceptEncoding, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Vary = StringValues.Concat(headers.Vary, HeaderNames.AcceptEncoding);
        }
    }

    static ResponseCompressionOptions Settings(AnswerOptions options) => new()
    {
        EnableForHttps = true,
        MimeTypes = options.CompressedTypes.Length > 0 ? options.CompressedTypes : UsualTypes,
    };
}
