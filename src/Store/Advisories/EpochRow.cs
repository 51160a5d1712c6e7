using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Advisories;

/// <summary>The advisories as they were from one import to the next. All vulnerabilities are those of the last one.</summary>
internal sealed class EpochRow
{
    /// <summary>1, 2, 3 …</summary>
    public long Number { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Bytes of the library.</summary>
    public long Size { get; init; }

    /// <summary>The SHA-256 of each piece of the library, one after the other; empty for one that is past.</summary>
    public required byte[] Pieces { get; set; }

    /// <summary>What the import changed of each source, as JSON.</summary>
    public required string Changes { get; init; }
}

internal sealed class EpochRowMapping : IEntityTypeConfiguration<EpochRow>
{
    public void Configure(EntityTypeBuilder<EpochRow> row)
    {
        row.ToTable("advisory_epochs");
        row.HasKey(r => r.Number);
        row.Property(r => r.Number).ValueGeneratedNever();
    }
}

/// <summary>A piece of a library. A source that does not change has the same pieces in the next one, and they are kept once.</summary>
internal sealed class LibraryPieceRow
{
    /// <summary>SHA-256.</summary>
    public required byte[] Hash { get; init; }

    public required byte[] Content { get; init; }
}

internal sealed class LibraryPieceRowMapping : IEntityTypeConfiguration<LibraryPieceRow>
{
    public void Configure(EntityTypeBuilder<LibraryPieceRow> row)
    {
        row.ToTable("advisory_pieces");
        row.HasKey(r => r.Hash);
    }
}

/// <summary>How the last tries to bring a source fared.</summary>
internal sealed class SourceRow
{
    /// <summary>The ecosystem, <c>KEV</c> or <c>EPSS</c>; empty for the mirror as a whole.</summary>
    public required string Name { get; init; }

    /// <summary>When the source last said that what is here is what it has; null where it never did.</summary>
    public DateTimeOffset? AsOf { get; set; }

    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Why the last try failed: a sentence without a full stop; null where it did not.</summary>
    public string? Failure { get; set; }
}

internal sealed class SourceRowMapping : IEntityTypeConfiguration<SourceRow>
{
    public void Configure(EntityTypeBuilder<SourceRow> row)
    {
        row.ToTable("advisory_sources");
        row.HasKey(r => r.Name);
    }
}
