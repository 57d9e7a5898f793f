using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Tests.Storage;

/// <summary>The tables stand in the code three times: as they are written, as migrations, and compiled for a quick start.</summary>
public sealed class CompiledModelTests
{
    public static TheoryData<bool> Providers => [true, false];

    [Theory]
    [MemberData(nameof(Providers))]
    public void The_compiled_model_is_that_of_the_tables(bool sqlite)
    {
        using var db = Open(sqlite);
        db.Model.GetType().Name.ShouldBe($"{db.GetType().Name}Model");

        Describe(db.Model).ShouldBe(Describe(db.GetService<IDesignTimeModel>().Model));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void The_migrations_lead_to_the_tables(bool sqlite)
    {
        using var db = Open(sqlite);
        db.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    static TuttiDbContext Open(bool sqlite) => sqlite ? new SqliteDesign().CreateDbContext([]) : new PostgresDesign().CreateDbContext([]);

    static string[] Describe(IReadOnlyModel model) =>
    [
        .. from type in model.GetEntityTypes().OrderBy(type => type.Name, StringComparer.Ordinal)
           from line in (string[])
           [
               $"{type.Name} in {type.GetTableName()}",
               .. type.GetProperties().Select(property =>
                   $"  {property.Name} {property.ClrType} {property.GetColumnType()} null {property.IsNullable} token {property.IsConcurrencyToken} generated {property.ValueGenerated}"),
               .. type.GetKeys().Select(key => $"  key {string.Join(',', key.Properties.Select(property => property.Name))}"),
               .. type.GetIndexes().Select(index => $"  index {string.Join(',', index.Properties.Select(property => property.Name))} unique {index.IsUnique}"),
               .. type.GetForeignKeys().Select(key =>
                   $"  to {key.PrincipalEntityType.Name} by {string.Join(',', key.Properties.Select(property => property.Name))} on delete {key.DeleteBehavior}"),
           ]
           select line,
    ];
}
