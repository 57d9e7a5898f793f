using System.Security.Cryptography;
using System.Text;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Status;

/// <summary>Checks the key of a bundle: only who has it may speak for its instances.</summary>
internal static class BundleKeys
{
    const string Scheme = "Bearer ";

    /// <summary>Whether a request may speak for a bundle. The key stands in <c>Authorization</c>, or in the path for clients that send no headers.</summary>
    public static bool Opens(HttpContext context, BundleConfig? bundle) =>
        bundle?.KeyHash is not { } hash || (KeyOf(context) is { } key && IsHashOf(hash, key));

    static string? KeyOf(HttpContext context) =>
        context.Request.RouteValues["secret"] as string
        ?? (context.Request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim() : null);

    static bool IsHashOf(string hash, string key) =>
        CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hash), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
