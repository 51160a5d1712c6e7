using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plimsoll.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Advisories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "advisory_epochs",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    pieces = table.Column<byte[]>(type: "BLOB", nullable: false),
                    changes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advisory_epochs", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "advisory_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advisory_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "advisory_pieces",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advisory_pieces", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "advisory_sources",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    as_of = table.Column<DateTime>(type: "TEXT", nullable: true),
                    failed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    failure = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advisory_sources", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "component_sets",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_component_sets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "components",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ecosystem = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    source_name = table.Column<string>(type: "TEXT", nullable: false),
                    source_version = table.Column<string>(type: "TEXT", nullable: false),
                    stream = table.Column<string>(type: "TEXT", nullable: true),
                    architecture = table.Column<string>(type: "TEXT", nullable: true),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    source_key = table.Column<string>(type: "TEXT", nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_components", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "component_set_items",
                columns: table => new
                {
                    set_id = table.Column<int>(type: "INTEGER", nullable: false),
                    component_id = table.Column<int>(type: "INTEGER", nullable: false)
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
                    component_id = table.Column<int>(type: "INTEGER", nullable: false),
                    advisory_id = table.Column<string>(type: "TEXT", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: false),
                    severity = table.Column<int>(type: "INTEGER", nullable: true),
                    fixed_in = table.Column<string>(type: "TEXT", nullable: true),
                    known_exploited = table.Column<bool>(type: "INTEGER", nullable: false),
                    unconfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    first_epoch = table.Column<long>(type: "INTEGER", nullable: false)
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

            // As SQLite does it in place: EF would copy the table for the key's sake, and could do so in no transaction.
            migrationBuilder.Sql("ALTER TABLE images ADD COLUMN component_set_id INTEGER NULL CONSTRAINT fk_images_component_sets_component_set_id REFERENCES component_sets (id) ON DELETE SET NULL");

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
