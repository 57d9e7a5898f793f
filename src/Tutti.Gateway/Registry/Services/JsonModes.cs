namespace Tutti.Gateway.Registry.Services;

/// <summary>The words for <see cref="JsonMode"/> in the registry.</summary>
internal static class JsonModes
{
    public static bool IsOne(string? text) => text is null || Parse(text) is not null;

    public static JsonMode? Parse(string? text) => text switch
    {
        "off" => JsonMode.Off,
        "checked" => JsonMode.Checked,
        "required" => JsonMode.Required,
        _ => null,
    };
}
