using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Jobs;

/// <summary>How a job fared, whichever process ran it.</summary>
internal sealed class JobRow
{
    public required string Name { get; init; }

    /// <summary>Runs that have ended, and how many of them failed.</summary>
    public long Runs { get; set; }

    public long Failures { get; set; }

    /// <summary>The moment of the schedule that the last run was for.</summary>
    public DateTimeOffset FiredFor { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset EndedAt { get; set; }

    /// <summary>The process of the last run.</summary>
    public required string Process { get; set; }

    /// <summary>How many things the last run that succeeded changed.</summary>
    public int Changed { get; set; }

    public DateTimeOffset? SucceededAt { get; set; }

    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Why the last run that failed did; it stays when a later one succeeds.</summary>
    public string? Error { get; set; }
}

internal sealed class JobRowMapping : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> row)
    {
        row.ToTable("jobs");
        row.HasKey(r => r.Name);
    }
}
