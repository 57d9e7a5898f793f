using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Storage;

/// <summary>Where data is kept: <c>Tutti:Storage</c>.</summary>
internal sealed class StorageOptions : IValidatableObject
{
    public const string DefaultConnectionString = "Data Source=tutti.db";

    /// <summary><c>sqlite</c>, a file beside the gateway, or <c>postgresql</c>, which several nodes may share.</summary>
    [EnumDataType(typeof(StorageProvider))]
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>The connection string of the provider.</summary>
    [Required]
    public string ConnectionString { get; set; } = DefaultConnectionString;

    /// <summary>How often the database is asked whether another node changed something, in milliseconds.</summary>
    [Range(100, 60_000)]
    public int PollMs { get; set; } = 1_000;

    /// <summary>How long a statement may take, in seconds; with SQLite also how long it waits for a lock.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 2;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider is StorageProvider.PostgreSql && ConnectionString == DefaultConnectionString)
        {
            yield return new ValidationResult("PostgreSQL needs a connection string, such as Host=db;Database=tutti;Username=tutti", [nameof(ConnectionString)]);
        }
    }
}
