using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tutti.Gateway.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Registry : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CacheGroups",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: false),
                    Description = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CacheGroups", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "Pools",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false),
                    Size = table.Column<int>(type: "integer", nullable: false),
                    Queue = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pools", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "RegistryVersions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Stamp = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegistryVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Parts",
                columns: table => new
                {
                    PartId = table.Column<string>(type: "text", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: false),
                    Description = table.Column<string>(type: "text", nullable: true),
                    Method = table.Column<string>(type: "text", nullable: false),
                    Uri = table.Column<string>(type: "text", nullable: false),
                    Pool = table.Column<string>(type: "text", nullable: false),
                    CircuitKey = table.Column<string>(type: "text", nullable: false),
                    DeprecatedInFavourOf = table.Column<string>(type: "text", nullable: true),
                    Timeout = table.Column<int>(type: "integer", nullable: false),
                    CacheTtl = table.Column<long>(type: "bigint", nullable: true),
                    Settings = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Parts", x => x.PartId);
                    table.ForeignKey(
                        name: "FK_Parts_Pools_Pool",
                        column: x => x.Pool,
                        principalTable: "Pools",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Params",
                columns: table => new
                {
                    PartId = table.Column<string>(type: "text", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    InputName = table.Column<string>(type: "text", nullable: true),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    Description = table.Column<string>(type: "text", nullable: true),
                    Required = table.Column<bool>(type: "boolean", nullable: false),
                    Versioned = table.Column<bool>(type: "boolean", nullable: false),
                    MultiSegment = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Params", x => new { x.PartId, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_Params_Parts_PartId",
                        column: x => x.PartId,
                        principalTable: "Parts",
                        principalColumn: "PartId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PartCacheGroups",
                columns: table => new
                {
                    PartId = table.Column<string>(type: "text", nullable: false),
                    CacheGroup = table.Column<string>(type: "text", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartCacheGroups", x => new { x.PartId, x.CacheGroup });
                    table.ForeignKey(
                        name: "FK_PartCacheGroups_CacheGroups_CacheGroup",
                        column: x => x.CacheGroup,
                        principalTable: "CacheGroups",
                        principalColumn: "Name",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PartCacheGroups_Parts_PartId",
                        column: x => x.PartId,
                        principalTable: "Parts",
                        principalColumn: "PartId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ParamCacheGroups",
                columns: table => new
                {
                    PartId = table.Column<string>(type: "text", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    CacheGroup = table.Column<string>(type: "text", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ParamCacheGroups", x => new { x.PartId, x.Ordinal, x.CacheGroup });
                    table.ForeignKey(
                        name: "FK_ParamCacheGroups_CacheGroups_CacheGroup",
                        column: x => x.CacheGroup,
                        principalTable: "CacheGroups",
                        principalColumn: "Name",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ParamCacheGroups_Params_PartId_Ordinal",
                        columns: x => new { x.PartId, x.Ordinal },
                        principalTable: "Params",
                        principalColumns: new[] { "PartId", "Ordinal" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "RegistryVersions",
                columns: new[] { "Id", "Stamp", "Version" },
                values: new object[] { 1, new Guid("00000000-0000-0000-0000-000000000000"), 1L });

            migrationBuilder.CreateIndex(
                name: "IX_ParamCacheGroups_CacheGroup",
                table: "ParamCacheGroups",
                column: "CacheGroup");

            migrationBuilder.CreateIndex(
                name: "IX_PartCacheGroups_CacheGroup",
                table: "PartCacheGroups",
                column: "CacheGroup");

            migrationBuilder.CreateIndex(
                name: "IX_Parts_CircuitKey",
                table: "Parts",
                column: "CircuitKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Parts_Pool",
                table: "Parts",
                column: "Pool");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ParamCacheGroups");

            migrationBuilder.DropTable(
                name: "PartCacheGroups");

            migrationBuilder.DropTable(
                name: "RegistryVersions");

            migrationBuilder.DropTable(
                name: "Params");

            migrationBuilder.DropTable(
                name: "CacheGroups");

            migrationBuilder.DropTable(
                name: "Parts");

            migrationBuilder.DropTable(
                name: "Pools");
        }
    }
}
