namespace Tutti.Gateway.Registry.Editing;

/// <summary>Makes the next state of the registry from the current one, without side effects.</summary>
/// <param name="current">The state that the database holds; nobody changes it until the edit is stored.</param>
/// <param name="version">The version that changed entries get.</param>
internal delegate EditOutcome<T> RegistryEdit<T>(RegistryConfig current, long version)
    where T : class;
