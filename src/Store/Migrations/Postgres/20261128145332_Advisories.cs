using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Plimsoll.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Advisories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "component_set_id",
                table: "images",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "advisory_epochs",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    pieces = table.Column<byte[]>(type: "bytea", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advisory_epochs", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "advisory_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    problem = table.Column<string>(type: "text", nullable: true),
                    data = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advisory_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "advisory_pieces",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advisory_pieces", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "advisory_sources",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    as_of = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failure = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advisory_sources", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "component_sets",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_component_sets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "components",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    ecosystem = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    source_name = table.Column<string>(type: "text", nullable: false),
                    source_version = table.Column<string>(type: "text", nullable: false),
                    stream = table.Column<string>(type: "text", nullable: true),
                    architecture = table.Column<string>(type: "text", nullable: true),
                    owner = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_components", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "component_set_items",
                columns: table => new
                {
                    set_id = table.Column<int>(type: "integer", nullable: false),
                    component_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_component_set_items", x => new { x.set_id, x.component_id });
                    table.ForeignKey(
                        name: "fk_component_set_items_component_sets_set_id",
                        column: x => x.set_id,
                        principalTable: "component_sets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_component_set_items_components_component_id",
                        column: x => x.component_id,
                        principalTable: "components",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "vulnerabilities",
                columns: table => new
                {
                    component_id = table.Column<int>(type: "integer", nullable: false),
                    advisory_id = table.Column<string>(type: "text", nullable: false),
                    problem = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<int>(type: "integer", nullable: true),
                    fixed_in = table.Column<string>(type: "text", nullable: true),
                    known_exploited = table.Column<bool>(type: "boolean", nullable: false),
                    unconfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    first_epoch = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vulnerabilities", x => new { x.component_id, x.advisory_id });
                    table.ForeignKey(
                        name: "fk_vulnerabilities_components_component_id",
                        column: x => x.component_id,
                        principalTable: "components",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_images_component_set_id",
                table: "images",
                column: "component_set_id");

            migrationBuilder.CreateIndex(
                name: "ix_advisory_events_at",
                table: "advisory_events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_advisory_events_problem_id",
                table: "advisory_events",
                columns: new[] { "problem", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_component_set_items_component_id_set_id",
                table: "component_set_items",
                columns: new[] { "component_id", "set_id" });

            migrationBuilder.CreateIndex(
                name: "ix_component_sets_hash",
                table: "component_sets",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_components_hash",
                table: "components",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_components_key",
                table: "components",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_components_revision",
                table: "components",
                column: "revision");

            migrationBuilder.CreateIndex(
                name: "ix_components_source_key",
                table: "components",
                column: "source_key");

            migrationBuilder.CreateIndex(
                name: "ix_vulnerabilities_advisory_id",
                table: "vulnerabilities",
                column: "advisory_id");

            migrationBuilder.CreateIndex(
                name: "ix_vulnerabilities_problem",
                table: "vulnerabilities",
                column: "problem");

            migrationBuilder.AddForeignKey(
                name: "fk_images_component_sets_component_set_id",
                table: "images",
                column: "component_set_id",
                principalTable: "component_sets",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_images_component_sets_component_set_id",
                table: "images");

            migrationBuilder.DropTable(
                name: "advisory_epochs");

            migrationBuilder.DropTable(
                name: "advisory_events");

            migrationBuilder.DropTable(
                name: "advisory_pieces");

            migrationBuilder.DropTable(
                name: "advisory_sources");

            migrationBuilder.DropTable(
                name: "component_set_items");

            migrationBuilder.DropTable(
                name: "vulnerabilities");

            migrationBuilder.DropTable(
                name: "component_sets");

            migrationBuilder.DropTable(
                name: "components");

            migrationBuilder.DropIndex(
                name: "ix_images_component_set_id",
                table: "images");

            migrationBuilder.DropColumn(
                name: "component_set_id",
                table: "images");
        }
    }
}
