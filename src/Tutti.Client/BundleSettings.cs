namespace Tutti.Client;

/// <summary>What a bundle is told by its environment. Immutable.</summary>
public sealed class BundleSettings
{
    /// <summary>Creates settings.</summary>
    /// <param name="bundleId">The id of the bundle; null if nobody manages it.</param>
    /// <param name="locator">What look-ups are sent to, such as <c>http://gateway:9000/services</c>.</param>
    /// <param name="status">What the start is signalled to, such as <c>http://gateway:9001</c>.</param>
    public BundleSettings(string? bundleId, Uri? locator, Uri? status)
    {
        BundleId = bundleId;
        Locator = locator;
        Status = status;
    }

    /// <summary>The id of the bundle (<c>BUNDLE_ID</c>); null if nobody manages it.</summary>
    public string? BundleId { get; }

    /// <summary>What look-ups are sent to (<c>SERVICE_LOCATOR</c>).</summary>
    public Uri? Locator { get; }

    /// <summary>What the start is signalled to (<c>CONDUCTR_STATUS</c>).</summary>
    public Uri? Status { get; }

    /// <summary>Reads the variables that <c>tutti env</c> prints.</summary>
    public static BundleSettings FromEnvironment() => new(Text("BUNDLE_ID"), Address("SERVICE_LOCATOR"), Address("CONDUCTR_STATUS"));

    static string? Text(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    static Uri? Address(string name) => Text(name) is { } text ? new Uri(text) : null;
}
