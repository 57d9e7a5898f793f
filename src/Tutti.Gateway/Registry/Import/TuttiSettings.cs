using Tutti.Contracts.Registry;

namespace Tutti.Gateway.Registry.Import;

/// <summary>Carries the settings that Octoparts does not have; those with their default are left out.</summary>
internal static class TuttiSettings
{
    static readonly BackendConfig Backend = new();
    static readonly RetryConfig Retries = new();

    public static TuttiPartSettings Write(PartConfig part) => new()
    {
        CountServerErrors = part.Circuit.CountServerErrors ? true : null,
        FailureRatio = part.Circuit.FailureRatio,
        MinimumCalls = part.Circuit.MinimumCalls,
        CircuitWindow = part.Circuit.Window,
        CircuitBreak = part.Circuit.Break,
        Retries = Unless(part.Retries.Attempts, Retries.Attempts),
        RetryDelay = Unless(part.Retries.Delay, Retries.Delay),
        HedgeAfter = part.HedgeAfter,
        VerifyTls = part.Backend.VerifyTls ? null : false,
        HttpVersion = part.Backend.HttpVersion == Backend.HttpVersion ? null : part.Backend.HttpVersion,
        FollowRedirects = Unless(part.Backend.FollowRedirects, Backend.FollowRedirects),
        MaxBodyBytes = part.Backend.MaxBodyBytes,
        StoreErrors = part.Cache.StoreErrors ? true : null,
        StoreUnsafe = part.Cache.StoreUnsafe ? true : null,
    };

    public static PartConfig Read(TuttiPartSettings settings, PartConfig part) => part with
    {
        Circuit = part.Circuit with
        {
            CountServerErrors = settings.CountServerErrors ?? false,
            FailureRatio = settings.FailureRatio,
            MinimumCalls = settings.MinimumCalls,
            Window = settings.CircuitWindow,
            Break = settings.CircuitBreak,
        },
        Retries = new RetryConfig { Attempts = settings.Retries ?? Retries.Attempts, Delay = settings.RetryDelay ?? Retries.Delay },
        HedgeAfter = settings.HedgeAfter,
        Backend = part.Backend with
        {
            VerifyTls = settings.VerifyTls ?? true,
            HttpVersion = settings.HttpVersion ?? Backend.HttpVersion,
            FollowRedirects = settings.FollowRedirects ?? Backend.FollowRedirects,
            MaxBodyBytes = settings.MaxBodyBytes,
        },
        Cache = new CacheConfig { StoreErrors = settings.StoreErrors ?? false, StoreUnsafe = settings.StoreUnsafe ?? false },
    };

    static int? Unless(int value, int standard) => value == standard ? null : value;
}
