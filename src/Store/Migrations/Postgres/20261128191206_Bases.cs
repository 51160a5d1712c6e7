using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plimsoll.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Bases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "chain_id",
                table: "images",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_images_chain_id_inspected_at",
                table: "images",
                columns: new[] { "chain_id", "inspected_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_images_chain_id_inspected_at",
                table: "images");

            migrationBuilder.DropColumn(
                name: "chain_id",
                table: "images");
        }
    }
}
