using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Blobs;
using Plimsoll.Store.Images;
using Plimsoll.Store.Inspections;
using Plimsoll.Store.Jobs;
using Plimsoll.Store.Layers;
using Plimsoll.Store.Requests;
using Plimsoll.Store.Policies;
using Plimsoll.Store.Tokens;
using Plimsoll.Store.Vex;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Store;

/// <summary>The state that all processes share. One model; PostgreSQL and SQLite have a set of migrations each.</summary>
internal abstract class PlimsollDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<InspectionRow> Inspections => Set<InspectionRow>();

    public DbSet<InspectedImageRow> InspectedImages => Set<InspectedImageRow>();

    public DbSet<ImageRow> Images => Set<ImageRow>();

    public DbSet<ImageLayerRow> ImageLayers => Set<ImageLayerRow>();

    public DbSet<ImagePackageRow> ImagePackages => Set<ImagePackageRow>();

    public DbSet<PackageRow> Packages => Set<PackageRow>();

    public DbSet<LayerRow> Layers => Set<LayerRow>();

    public DbSet<StoredBlobRow> StoredBlobs => Set<StoredBlobRow>();

    public DbSet<BlobRow> Blobs => Set<BlobRow>();

    public DbSet<BlobChunkRow> BlobChunks => Set<BlobChunkRow>();

    public DbSet<PolicyRow> Policies => Set<PolicyRow>();

    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    public DbSet<TokenRow> Tokens => Set<TokenRow>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<WebhookRow> Webhooks => Set<WebhookRow>();

    public DbSet<WebhookEventRow> WebhookEvents => Set<WebhookEventRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    public DbSet<ComponentRow> Components => Set<ComponentRow>();

    public DbSet<ComponentSetRow> ComponentSets => Set<ComponentSetRow>();

    public DbSet<ComponentSetItemRow> ComponentSetItems => Set<ComponentSetItemRow>();

    public DbSet<VulnerabilityRow> Vulnerabilities => Set<VulnerabilityRow>();

    public DbSet<EpochRow> Epochs => Set<EpochRow>();

    public DbSet<LibraryPieceRow> LibraryPieces => Set<LibraryPieceRow>();

    public DbSet<SourceRow> AdvisorySources => Set<SourceRow>();

    public DbSet<AdvisoryEventRow> AdvisoryEvents => Set<AdvisoryEventRow>();

    public DbSet<VexRow> VexDocuments => Set<VexRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlimsollDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        // SQLite has no type for moments and compares text: one form, in UTC, sorts right. PostgreSQL takes UTC moments alone.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMoment>();
    }
}

/// <summary>With PostgreSQL.</summary>
internal sealed class PostgresDb(DbContextOptions<PostgresDb> options) : PlimsollDb(options);

/// <summary>With SQLite.</summary>
internal sealed class SqliteDb(DbContextOptions<SqliteDb> options) : PlimsollDb(options);
