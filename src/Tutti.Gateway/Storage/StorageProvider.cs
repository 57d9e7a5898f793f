namespace Tutti.Gateway.Storage;

/// <summary>The databases that Tutti can keep its data in.</summary>
internal enum StorageProvider
{
    Sqlite,
    PostgreSql,
}
