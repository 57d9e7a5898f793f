using System.Globalization;
using Microsoft.Net.Http.Headers;
using Tutti.Batching.Dispatch;

namespace Tutti.Batching.Answering;

/// <summary>What one answer allows caches to do with it.</summary>
/// <param name="Seconds">How long it is still fresh; null if nobody said.</param>
internal readonly record struct PartFreshness(int? Seconds, bool IsPrivate, bool IsPublic, bool NoStore, bool NoCache, bool MustRevalidate)
{
    public static PartFreshness Of(CallResponse response, DateTimeOffset now)
    {
        var headers = response.Headers;
        if (headers.Vary.Count > 0 && headers.Vary.ToString().Contains('*', StringComparison.Ordinal))
        {
            return default(PartFreshness) with { NoStore = true };
        }

        if (headers.CacheControl.Count == 0 && headers.Expires.Count == 0)
        {
            return new PartFreshness(null, headers.SetCookie.Count > 0, false, false, false, false);
        }

        if (!CacheControlHeaderValue.TryParse(headers.CacheControl.ToString(), out var control))
        {
            // A field that cannot be read may have said anything.
            control = new CacheControlHeaderValue { NoStore = headers.CacheControl.Count > 0 };
        }

        var least = Least(control.MaxAge, control.SharedMaxAge) ?? Expires(headers, now);
        var age = int.TryParse(headers.Age.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        return new PartFreshness(
            least is { } time ? (int)Math.Clamp(time.TotalSeconds - age, 0, int.MaxValue) : null,
            control.Private || headers.SetCookie.Count > 0,
            control.Public,
            control.NoStore,
            control.NoCache,
            control.MustRevalidate || control.ProxyRevalidate);
    }

    /// <summary>What both allow.</summary>
    public PartFreshness With(PartFreshness other) => new(
        Seconds is { } own && other.Seconds is { } theirs ? Math.Min(own, theirs) : null,
        IsPrivate || other.IsPrivate,
        IsPublic && other.IsPublic,
        NoStore || other.NoStore,
        NoCache || other.NoCache,
        MustRevalidate || other.MustRevalidate);

    static TimeSpan? Least(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;

    static TimeSpan? Expires(IHeaderDictionary headers, DateTimeOffset now) =>
        headers.Expires.Count == 0 ? null
        : !HeaderUtilities.TryParseDate(headers.Expires.ToString(), out var expires) ? TimeSpan.Zero
        : expires - (HeaderUtilities.TryParseDate(headers.Date.ToString(), out var date) ? date : now);
}
