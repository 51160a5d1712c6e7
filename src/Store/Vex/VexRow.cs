using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Vex;

/// <summary>A document of statements on vulnerabilities, in its newest state.</summary>
internal sealed class VexRow
{
    /// <summary>The beginning of the SHA-256 of <see cref="DocumentId"/>: that may be an address, which no path takes.</summary>
    public required string Id { get; init; }

    /// <summary>The name that the document gives itself.</summary>
    public required string DocumentId { get; init; }

    public required string Format { get; set; }

    /// <summary>Who states it; null where it does not say.</summary>
    public string? Author { get; set; }

    public string? Version { get; set; }

    /// <summary>When it was last changed, as it says itself.</summary>
    public DateTimeOffset? At { get; set; }

    public int Statements { get; set; }

    public int Unusable { get; set; }

    /// <summary>SHA-256 of what was sent.</summary>
    public required string Hash { get; set; }

    /// <summary>The token that sent it.</summary>
    public required string Submitter { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>What was sent, gzip-compressed.</summary>
    public required byte[] Body { get; set; }
}

internal sealed class VexRowMapping : IEntityTypeConfiguration<VexRow>
{
    public void Configure(EntityTypeBuilder<VexRow> row)
    {
        row.ToTable("vex_documents");
        row.HasKey(r => r.Id);
    }
}

/// <summary>A document without its body.</summary>
internal sealed record VexEntry(
    string Id, string DocumentId, string Format, string? Author, string? Version, DateTimeOffset? At, int Statements, int Unusable, string Hash, string Submitter, DateTimeOffset ReceivedAt);
