using Microsoft.AspNetCore.Http.Features;

namespace Tutti.Batching.Dispatch;

/// <summary>The request of one call, as a server would have read it.</summary>
internal sealed class CallRequest : IHttpRequestFeature, IHttpRequestBodyDetectionFeature, IHttpMaxRequestBodySizeFeature
{
    readonly HeaderDictionary _headers = [];
    long? _maxBodySize;

    public string Protocol { get; set; } = "";

    public string Scheme { get; set; } = "";

    public string Method { get; set; } = "";

    public string PathBase { get; set; } = "";

    public string Path { get; set; } = "";

    public string QueryString { get; set; } = "";

    public string RawTarget { get; set; } = "";

    public IHeaderDictionary Headers { get; set; } = null!;

    public Stream Body { get; set; } = Stream.Null;

    public bool CanHaveBody { get; private set; }

    /// <summary>Whether the app began to read the body: from then on its limit is fixed.</summary>
    public bool IsReadOnly { get; private set; }

    public long? MaxRequestBodySize
    {
        get => _maxBodySize;
        set => _maxBodySize = IsReadOnly ? throw new InvalidOperationException("The body is being read: its limit can no longer be changed") : value;
    }

    public void Begin(BatchOrigin origin, in CallTarget target, string method)
    {
        Protocol = origin.Protocol;
        Scheme = origin.Scheme;
        Method = method;
        PathBase = origin.PathBase;
        Path = target.Path;
        QueryString = target.Query;
        RawTarget = target.RawTarget;
        Headers = _headers;
        foreach (var (name, value) in origin.Headers)
        {
            _headers[name] = value;
        }

        _maxBodySize = origin.MaxRequestBodySize;
    }

    /// <summary>Gives it a body, which model binding reads only where <see cref="CanHaveBody"/> says that there may be one.</summary>
    public void SetBody(ReadOnlyMemory<byte> bytes)
    {
        CanHaveBody = true;
        Body = new CallRequestBody(this, bytes);
        _headers.ContentLength = bytes.Length;
    }

    /// <summary>Called at each read of the body.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than the endpoint allows.</exception>
    public void Read(int length)
    {
        IsReadOnly = true;
        if (length > _maxBodySize)
        {
            throw new BadHttpRequestException($"Request body too large. The max request body size is {_maxBodySize} bytes.", StatusCodes.Status413PayloadTooLarge);
        }
    }

    public void Reset()
    {
        _headers.Clear();
        Body = Stream.Null;
        CanHaveBody = false;
        IsReadOnly = false;
    }
}
