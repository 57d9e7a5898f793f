namespace Tutti.Gateway.Locator;

/// <summary>What a look-up answers.</summary>
internal enum LocateMode
{
    /// <summary>The gateway's own address, with the whole path.</summary>
    Proxy,

    /// <summary>The address of a started instance, without the name.</summary>
    Instance,
}
