using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Advisories;

/// <summary>Something about a problem that became known, once for all components and images that have it.</summary>
internal sealed class AdvisoryEventRow
{
    /// <summary>A version 7 UUID: in the order of events.</summary>
    public Guid Id { get; init; }

    public long Epoch { get; init; }

    public DateTimeOffset At { get; init; }

    public AdvisoryEventKind Kind { get; init; }

    /// <summary>The name that the problem goes by; null for a digest of many.</summary>
    public string? Problem { get; init; }

    /// <summary>JSON, as <c>docs/webhooks.md</c> describes it.</summary>
    public required string Data { get; init; }
}

internal sealed class AdvisoryEventRowMapping : IEntityTypeConfiguration<AdvisoryEventRow>
{
    public void Configure(EntityTypeBuilder<AdvisoryEventRow> row)
    {
        row.ToTable("advisory_events");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasIndex(r => r.At);
        row.HasIndex(r => new { r.Problem, r.Id });
    }
}

/// <summary>What became known.</summary>
internal enum AdvisoryEventKind
{
    /// <summary>A record is new, or matches what it did not match before.</summary>
    NewAdvisory,

    /// <summary>An image brought a component that no image had.</summary>
    NewComponent,

    SeverityRaised,

    FixAvailable,

    KnownExploited,

    /// <summary>No record says so any more.</summary>
    Withdrawn,

    /// <summary>So much at once that each by itself would be noise: the first import of a source, a day of many.</summary>
    Digest,
}
