using Microsoft.OData;

namespace Tutti.Batching.Tests.Clients;

/// <summary>A message as OData's library wants it: headers and a stream.</summary>
internal sealed class Message : IODataRequestMessageAsync, IODataResponseMessageAsync
{
    readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    public MemoryStream Content { get; init; } = new();

    public IEnumerable<KeyValuePair<string, string>> Headers => _headers;

    public Uri Url { get; set; } = new("http://service.test/$batch");

    public string Method { get; set; } = "POST";

    public int StatusCode { get; set; } = 200;

    public string? GetHeader(string headerName) => _headers.GetValueOrDefault(headerName);

    public void SetHeader(string headerName, string headerValue) => _headers[headerName] = headerValue;

    public Stream GetStream() => Content;

    public Task<Stream> GetStreamAsync() => Task.FromResult<Stream>(Content);
}
