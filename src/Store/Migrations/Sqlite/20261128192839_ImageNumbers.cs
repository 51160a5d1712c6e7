using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plimsoll.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ImageNumbers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE images ADD COLUMN number INTEGER NOT NULL DEFAULT 0");
            migrationBuilder.Sql("UPDATE images SET number = rowid");
            migrationBuilder.Sql("CREATE UNIQUE INDEX ak_images_number ON images (number)");

            migrationBuilder.Sql(
                """
                CREATE TEMPORARY TABLE kept_packages AS
                SELECT image.number, package.package_id FROM image_packages AS package JOIN images AS image ON image.digest = package.image_digest WHERE package.removed_in IS NULL
                """);

            migrationBuilder.DropTable(name: "image_packages");

            migrationBuilder.CreateTable(
                name: "image_packages",
                columns: table => new
                {
                    image_number = table.Column<int>(type: "INTEGER", nullable: false),
                    package_id = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_packages", x => new { x.image_number, x.package_id });
                    table.ForeignKey(
                        name: "fk_image_packages_images_image_number",
                        column: x => x.image_number,
                        principalTable: "images",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_image_packages_packages_package_id",
                        column: x => x.package_id,
                        principalTable: "packages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql("INSERT INTO image_packages (image_number, package_id) SELECT number, package_id FROM kept_packages");

            migrationBuilder.Sql("DROP TABLE kept_packages");

            migrationBuilder.CreateIndex(
                name: "ix_image_packages_package_id",
                table: "image_packages",
                column: "package_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // What was removed, and which layer brought a package, is in the reports alone.
            migrationBuilder.Sql(
                """
                CREATE TEMPORARY TABLE kept_packages AS
                SELECT image.digest, package.package_id FROM image_packages AS package JOIN images AS image ON image.number = package.image_number
                """);

            migrationBuilder.DropTable(name: "image_packages");

            migrationBuilder.CreateTable(
                name: "image_packages",
                columns: table => new
                {
                    image_digest = table.Column<string>(type: "TEXT", nullable: false),
                    package_id = table.Column<long>(type: "INTEGER", nullable: false),
                    layer = table.Column<int>(type: "INTEGER", nullable: false),
                    removed_in = table.Column<int>(type: "INTEGER", nullable: true),
                    owned_by = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_packages", x => new { x.image_digest, x.package_id });
                    table.ForeignKey(
                        name: "fk_image_packages_images_image_digest",
                        column: x => x.image_digest,
                        principalTable: "images",
                        principalColumn: "digest",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_image_packages_packages_package_id",
                        column: x => x.package_id,
                        principalTable: "packages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql("INSERT INTO image_packages (image_digest, package_id, layer) SELECT digest, package_id, 0 FROM kept_packages");

            migrationBuilder.Sql("DROP TABLE kept_packages");

            migrationBuilder.CreateIndex(
                name: "ix_image_packages_package_id",
                table: "image_packages",
                column: "package_id");

            migrationBuilder.Sql("DROP INDEX ak_images_number");
            migrationBuilder.Sql("ALTER TABLE images DROP COLUMN number");
        }
    }
}
