namespace Tutti.Gateway.Registry.Import;

/// <summary>What an import does with parts that are registered already.</summary>
internal enum ImportMode
{
    /// <summary>Leaves them as they are, as Octoparts does.</summary>
    Add,

    /// <summary>Makes them what the file says; pools and cache groups as well.</summary>
    Update,
}
