using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Plimsoll.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "blob_chunks",
                columns: table => new
                {
                    upload = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    stored_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_blob_chunks", x => new { x.upload, x.number });
                });

            migrationBuilder.CreateTable(
                name: "blobs",
                columns: table => new
                {
                    digest = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    stored_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_blobs", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    caller = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    location = table.Column<string>(type: "text", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true),
                    begun_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.caller, x.key });
                });

            migrationBuilder.CreateTable(
                name: "images",
                columns: table => new
                {
                    digest = table.Column<string>(type: "text", nullable: false),
                    config_digest = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    platform = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    findings = table.Column<int>(type: "integer", nullable: false),
                    packages = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    inspected_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    report = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_images", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "inspections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    turn = table.Column<long>(type: "bigint", nullable: false),
                    submitter = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    blob = table.Column<string>(type: "text", nullable: true),
                    platforms = table.Column<string>(type: "text", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: true),
                    awaits = table.Column<string>(type: "text", nullable: true),
                    found = table.Column<int>(type: "integer", nullable: false),
                    credentials = table.Column<byte[]>(type: "bytea", nullable: true),
                    trace = table.Column<string>(type: "text", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    available_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    remedy = table.Column<string>(type: "text", nullable: true),
                    submitted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    runs = table.Column<long>(type: "bigint", nullable: false),
                    failures = table.Column<long>(type: "bigint", nullable: false),
                    fired_for = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    process = table.Column<string>(type: "text", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    succeeded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "layers",
                columns: table => new
                {
                    diff_id = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    entries = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    last_used = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_layers", x => new { x.diff_id, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "packages",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    purl = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    source_name = table.Column<string>(type: "text", nullable: true),
                    source_version = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_packages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "policies",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: true),
                    author = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policies", x => new { x.name, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "stored_blobs",
                columns: table => new
                {
                    blob_digest = table.Column<string>(type: "text", nullable: false),
                    diff_id = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_blobs", x => x.blob_digest);
                });

            migrationBuilder.CreateTable(
                name: "tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tokens", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    events = table.Column<string>(type: "text", nullable: true),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    previous_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    previous_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    author = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "image_layers",
                columns: table => new
                {
                    image_digest = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    diff_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_layers", x => new { x.image_digest, x.number });
                    table.ForeignKey(
                        name: "fk_image_layers_images_image_digest",
                        column: x => x.image_digest,
                        principalTable: "images",
                        principalColumn: "digest",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "inspected_images",
                columns: table => new
                {
                    inspection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    image_digest = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspected_images", x => new { x.inspection_id, x.image_digest });
                    table.ForeignKey(
                        name: "fk_inspected_images_images_image_digest",
                        column: x => x.image_digest,
                        principalTable: "images",
                        principalColumn: "digest",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_inspected_images_inspections_inspection_id",
                        column: x => x.inspection_id,
                        principalTable: "inspections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "image_packages",
                columns: table => new
                {
                    image_digest = table.Column<string>(type: "text", nullable: false),
                    package_id = table.Column<long>(type: "bigint", nullable: false),
                    layer = table.Column<int>(type: "integer", nullable: false),
                    removed_in = table.Column<int>(type: "integer", nullable: true),
                    owned_by = table.Column<string>(type: "text", nullable: true)
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

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    webhook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    available_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    attempted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<int>(type: "integer", nullable: true),
                    duration = table.Column<int>(type: "integer", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_webhook_events_event_id",
                        column: x => x.event_id,
                        principalTable: "webhook_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_webhooks_webhook_id",
                        column: x => x.webhook_id,
                        principalTable: "webhooks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_blobs_stored_at",
                table: "blobs",
                column: "stored_at");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_begun_at",
                table: "idempotency_keys",
                column: "begun_at");

            migrationBuilder.CreateIndex(
                name: "ix_image_layers_diff_id",
                table: "image_layers",
                column: "diff_id");

            migrationBuilder.CreateIndex(
                name: "ix_image_packages_package_id",
                table: "image_packages",
                column: "package_id");

            migrationBuilder.CreateIndex(
                name: "ix_images_config_digest",
                table: "images",
                column: "config_digest");

            migrationBuilder.CreateIndex(
                name: "ix_images_inspected_at_digest",
                table: "images",
                columns: new[] { "inspected_at", "digest" });

            migrationBuilder.CreateIndex(
                name: "ix_images_reference",
                table: "images",
                column: "reference");

            migrationBuilder.CreateIndex(
                name: "ix_inspected_images_image_digest",
                table: "inspected_images",
                column: "image_digest");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_awaits",
                table: "inspections",
                column: "awaits",
                filter: "awaits IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_blob",
                table: "inspections",
                column: "blob",
                filter: "blob IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_content",
                table: "inspections",
                column: "content",
                filter: "content IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_content1",
                table: "inspections",
                column: "content",
                unique: true,
                filter: "state = 'Running' AND content IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_finished",
                table: "inspections",
                column: "finished_at",
                filter: "finished_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_leases",
                table: "inspections",
                column: "lease_until",
                filter: "state = 'Running'");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_queue",
                table: "inspections",
                columns: new[] { "priority", "turn", "id" },
                descending: new[] { true, false, false },
                filter: "state = 'Queued'");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_reference",
                table: "inspections",
                column: "reference",
                filter: "reference IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_turns",
                table: "inspections",
                columns: new[] { "submitter", "priority", "turn" },
                filter: "state = 'Queued'");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_unfinished",
                table: "inspections",
                column: "subject",
                unique: true,
                filter: "state IN ('Queued', 'Running')");

            migrationBuilder.CreateIndex(
                name: "ix_layers_last_used",
                table: "layers",
                column: "last_used");

            migrationBuilder.CreateIndex(
                name: "ix_packages_purl",
                table: "packages",
                column: "purl",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_packages_type_name",
                table: "packages",
                columns: new[] { "type", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_packages_type_source_name",
                table: "packages",
                columns: new[] { "type", "source_name" });

            migrationBuilder.CreateIndex(
                name: "ix_tokens_hash",
                table: "tokens",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tokens_name",
                table: "tokens",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_created_at",
                table: "webhook_deliveries",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_event_id",
                table: "webhook_deliveries",
                column: "event_id");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_leases",
                table: "webhook_deliveries",
                column: "webhook_id",
                filter: "state = 'Sending'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_queue",
                table: "webhook_deliveries",
                columns: new[] { "webhook_id", "available_at" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_id_id",
                table: "webhook_deliveries",
                columns: new[] { "webhook_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_events_at",
                table: "webhook_events",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "blob_chunks");

            migrationBuilder.DropTable(
                name: "blobs");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "image_layers");

            migrationBuilder.DropTable(
                name: "image_packages");

            migrationBuilder.DropTable(
                name: "inspected_images");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "layers");

            migrationBuilder.DropTable(
                name: "policies");

            migrationBuilder.DropTable(
                name: "stored_blobs");

            migrationBuilder.DropTable(
                name: "tokens");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "packages");

            migrationBuilder.DropTable(
                name: "images");

            migrationBuilder.DropTable(
                name: "inspections");

            migrationBuilder.DropTable(
                name: "webhook_events");

            migrationBuilder.DropTable(
                name: "webhooks");
        }
    }
}
