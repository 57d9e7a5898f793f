namespace Tutti.Gateway.Registry.Services;

/// <summary>Whether the bodies of requests must be JSON.</summary>
internal enum JsonMode
{
    /// <summary>Nobody looks at them.</summary>
    Off,

    /// <summary>Those that say that they are JSON must be.</summary>
    Checked,

    /// <summary>There are no others.</summary>
    Required,
}
