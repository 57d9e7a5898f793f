using System.Collections.Frozen;
using System.Text;

namespace Tutti.Gateway.Registry;

/// <summary>
/// A part compiled for calling: immutable, made once per change of the registry. What each call needs stands in it flat: with thousands of
/// parts in use, each further object on the way is one more wait for memory.
/// </summary>
internal sealed class PartModel
{
    PartModel(PartConfig config, PoolConfig? pool, UriTemplate? template, IReadOnlyList<Fault> faults)
    {
        Config = config;
        Pool = pool;
        Faults = faults;
        Method = faults.Count == 0 ? new HttpMethod(config.Method.ToUpperInvariant()) : HttpMethod.Get;
        Template = template;
        Service = template?.Service;
        Timeout = TimeSpan.FromMilliseconds(config.Timeout);
        CircuitKey = config.Circuit.Key ?? config.PartId;
        Params = [.. config.Params.Select(param => new ParamModel(param))];
        Required = [.. Params.Where(param => param.Config.Required)];
        ValidStatuses = config.AdditionalValidStatuses.ToFrozenSet();
        IsSafe = Method == HttpMethod.Get || Method == HttpMethod.Head || Method == HttpMethod.Options;
        IsIdempotent = IsSafe || Method == HttpMethod.Put || Method == HttpMethod.Delete;
        IsCacheable = (Method == HttpMethod.Get || Method == HttpMethod.Head || config.Cache.StoreUnsafe) && config.CacheTtl is null or >= 1_000;
        TakesBody = Method == HttpMethod.Post || Method == HttpMethod.Put || Method == HttpMethod.Patch;
        DefaultEncoding = Charset.Find(config.Backend.DefaultCharset) ?? Encoding.UTF8;
        Version = HttpVersions.Of(config.Backend.HttpVersion, template?.Origin.Scheme == Uri.UriSchemeHttps);
        var backend = config.Backend;
        Way = new BackendWay(backend.Proxy, backend.ConnectTimeout, backend.VerifyTls);
        ConnectTimeout = TimeSpan.FromMilliseconds(backend.ConnectTimeout);
        ReadTimeout = TimeSpan.FromMilliseconds(backend.ReadTimeout);
        FollowRedirects = backend.FollowRedirects;
        MaxBodyBytes = backend.MaxBodyBytes;
        CountsServerErrors = config.Circuit.CountServerErrors;
        AnswersLocally = config.LocalContents.Enabled;
        FallsBack = config.LocalContents.AsFallback;
        IsCached = IsCacheable && !AnswersLocally && faults.Count == 0;
        WantsAttempts = IsIdempotent && (config.Retries.Attempts > 0 || config.HedgeAfter is not null);
        Warnings = string.IsNullOrEmpty(config.DeprecatedInFavourOf)
            ? []
            : [$"Please use {config.DeprecatedInFavourOf} instead of {config.PartId}"];
    }

    public PartConfig Config { get; }

    public string Id => Config.PartId;

    /// <summary>Why the part cannot be called; empty for a healthy one.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Null only where <see cref="Faults"/> says why.</summary>
    public PoolConfig? Pool { get; }

    /// <summary>Null only where <see cref="Faults"/> says why.</summary>
    public UriTemplate? Template { get; }

    public HttpMethod Method { get; }

    /// <summary>The service whose instances are called; null where the URI names a host.</summary>
    public string? Service { get; }

    public TimeSpan Timeout { get; }

    public string CircuitKey { get; }

    public ParamModel[] Params { get; }

    public ParamModel[] Required { get; }

    public FrozenSet<int> ValidStatuses { get; }

    /// <summary>Whether the method is safe (RFC 9110, 9.2.1), so that equal calls of one request may share one answer.</summary>
    public bool IsSafe { get; }

    /// <summary>Whether a call may be sent twice (RFC 9110, 9.2.2).</summary>
    public bool IsIdempotent { get; }

    /// <summary>Whether an answer may be kept.</summary>
    public bool IsCacheable { get; }

    /// <summary>Whether the cache is asked: an answer may be kept, and the part runs and calls its backend.</summary>
    public bool IsCached { get; }

    public bool TakesBody { get; }

    public Encoding DefaultEncoding { get; }

    public HttpVersions Version { get; }

    /// <summary>How its connections are opened.</summary>
    public BackendWay Way { get; }

    public TimeSpan ConnectTimeout { get; }

    public TimeSpan ReadTimeout { get; }

    public int FollowRedirects { get; }

    /// <summary>The part's own limit; null takes the gateway's.</summary>
    public long? MaxBodyBytes { get; }

    /// <summary>Whether answers of 500 and above speak against the backend.</summary>
    public bool CountsServerErrors { get; }

    /// <summary>Whether local contents always answer.</summary>
    public bool AnswersLocally { get; }

    /// <summary>Whether local contents answer when the call fails.</summary>
    public bool FallsBack { get; }

    /// <summary>Whether a call may be sent more than once: retries or hedging, of an idempotent method.</summary>
    public bool WantsAttempts { get; }

    public string[] Warnings { get; }

    /// <summary>
    /// A place for what lives beside the model, so that a call finds its circuit, pool and counters in one step. Whoever keeps them sets
    /// it on first use, and sets the same ones in the part's next model.
    /// </summary>
    public object? State { get; set; }

    /// <summary>The like for what the cache keeps of the part.</summary>
    public object? CacheState { get; set; }

    /// <summary>Whether the last answer that this node stored can be validated. The cache sets it; until then nobody knows.</summary>
    public bool HasValidator { get; set; }

    /// <summary>Compiles a stored part; what is wrong with it ends in <see cref="Faults"/>, never in an exception.</summary>
    /// <param name="pool">The pool that it names, if there is one.</param>
    /// <param name="faults">What the rules already found.</param>
    public static PartModel Compile(PartConfig config, PoolConfig? pool, IReadOnlyList<Fault> faults)
    {
        var template = UriTemplate.TryParse(config.Uri, config.Params, out var fault);
        if (faults.Count == 0)
        {
            faults = template is null ? [new Fault("uri", fault!)]
                : pool is null ? [new Fault("pool", $"There is no pool '{config.Pool}'")]
                : faults;
        }

        return new PartModel(config, pool, template, faults);
    }
}
