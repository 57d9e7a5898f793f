namespace Tutti.Gateway.Locator.Doors;

/// <summary>The name in a look-up's path, and what stands behind it.</summary>
/// <param name="Name">Without escapes.</param>
/// <param name="Whole">The path from the name's slash on, as it came.</param>
/// <param name="Rest">The path behind the name, as it came.</param>
internal readonly record struct ServiceName(string Name, string Whole, string Rest)
{
    /// <summary>Reads the path of a look-up; an empty name if there is none.</summary>
    /// <param name="door">The segment before the name, with its slash.</param>
    public static ServiceName Of(string path, string door)
    {
        // A locator address that ends in a slash and a name that begins with one make two.
        var name = path.StartsWith(door, StringComparison.Ordinal) ? path.AsSpan(door.Length).TrimStart('/') : [];
        var whole = path.AsSpan()[^name.Length..];
        var end = name.IndexOf('/');
        var first = end < 0 ? name : name[..end];
        return new ServiceName(Uri.UnescapeDataString(first.ToString()), $"/{whole}", name[first.Length..].ToString());
    }
}
