using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Inspections;

/// <summary>One inspection. The row is the queue entry: whoever holds its lease runs it.</summary>
internal sealed class InspectionRow
{
    /// <summary>A version 7 UUID: in the order of submission.</summary>
    public Guid Id { get; init; }

    public InspectionState State { get; set; }

    /// <summary>Higher is sooner.</summary>
    public int Priority { get; init; }

    /// <summary>Among those of one priority, the lowest is next. Each submitter's waiting inspections have turns one after another, so that nobody waits for all of another's.</summary>
    public long Turn { get; init; }

    /// <summary>The name of the token that submitted it.</summary>
    public required string Submitter { get; init; }

    /// <summary>A registry reference; null for an upload.</summary>
    public string? Reference { get; init; }

    /// <summary>The blob of an upload; null for a reference.</summary>
    public string? Blob { get; init; }

    /// <summary>With a comma between; null for all.</summary>
    public string? Platforms { get; init; }

    /// <summary>What is inspected, as one text: there is at most one unfinished inspection of it.</summary>
    public required string Subject { get; init; }

    /// <summary>What a reference pointed at when it was looked up, see <see cref="Contents"/>; at most one running inspection has a content. Null until then.</summary>
    public string? Content { get; set; }

    /// <summary>The content that another inspection is about, while this one waits for its end.</summary>
    public string? Awaits { get; set; }

    /// <summary>How many images it found.</summary>
    public int Found { get; set; }

    /// <summary>Registry credentials, encrypted; gone when the inspection ends.</summary>
    public byte[]? Credentials { get; set; }

    /// <summary>Of the request that submitted it, as a <c>traceparent</c>; null when it was not traced.</summary>
    public string? Trace { get; init; }

    /// <summary>How often a worker took it.</summary>
    public int Attempts { get; set; }

    /// <summary>Not to be taken before.</summary>
    public DateTimeOffset AvailableAt { get; set; }

    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; set; }

    public string? Remedy { get; set; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}

internal sealed class InspectionRowMapping : IEntityTypeConfiguration<InspectionRow>
{
    public void Configure(EntityTypeBuilder<InspectionRow> row)
    {
        row.ToTable("inspections");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        // The queue: small however many inspections have ended.
        row.HasIndex(r => new { r.Priority, r.Turn, r.Id }).IsDescending(true, false, false).HasFilter("state = 'Queued'").HasDatabaseName("ix_inspections_queue");
        // The last turn of a submitter, whom the next submission comes after.
        row.HasIndex(r => new { r.Submitter, r.Priority, r.Turn }).HasFilter("state = 'Queued'").HasDatabaseName("ix_inspections_turns");
        row.HasIndex(r => r.LeaseUntil).HasFilter("state = 'Running'").HasDatabaseName("ix_inspections_leases");
        row.HasIndex(r => r.Subject).IsUnique().HasFilter("state IN ('Queued', 'Running')").HasDatabaseName("ix_inspections_unfinished");
        row.HasIndex(r => r.Content, "ix_inspections_running").IsUnique().HasFilter("state = 'Running' AND content IS NOT NULL");
        row.HasIndex(r => r.Content, "ix_inspections_content").HasFilter("content IS NOT NULL");
        row.HasIndex(r => r.Awaits).HasFilter("awaits IS NOT NULL").HasDatabaseName("ix_inspections_awaits");
        row.HasIndex(r => r.Reference).HasFilter("reference IS NOT NULL").HasDatabaseName("ix_inspections_reference");
        row.HasIndex(r => r.FinishedAt).HasFilter("finished_at IS NOT NULL").HasDatabaseName("ix_inspections_finished");
        row.HasIndex(r => r.Blob).HasFilter("blob IS NOT NULL").HasDatabaseName("ix_inspections_blob");
    }
}

/// <summary>An image that an inspection found.</summary>
internal sealed class InspectedImageRow
{
    public Guid InspectionId { get; init; }

    public required string ImageDigest { get; init; }

    /// <summary>In the order of the source.</summary>
    public int Number { get; init; }
}

internal sealed class InspectedImageRowMapping : IEntityTypeConfiguration<InspectedImageRow>
{
    public void Configure(EntityTypeBuilder<InspectedImageRow> row)
    {
        row.ToTable("inspected_images");
        row.HasKey(r => new { r.InspectionId, r.ImageDigest });
        row.HasIndex(r => r.ImageDigest);
        row.HasOne<InspectionRow>().WithMany().HasForeignKey(r => r.InspectionId).OnDelete(DeleteBehavior.Cascade);
        row.HasOne<Images.ImageRow>().WithMany().HasForeignKey(r => r.ImageDigest).OnDelete(DeleteBehavior.Cascade);
    }
}
