using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Blobs;

/// <summary>An upload that is whole. It lives until the inspections of it have ended.</summary>
internal sealed class BlobRow
{
    /// <summary>SHA-256 of its bytes.</summary>
    public required string Digest { get; init; }

    public long Size { get; init; }

    /// <summary>Where its store keeps it.</summary>
    public required string Key { get; init; }

    public DateTimeOffset StoredAt { get; set; }
}

internal sealed class BlobRowMapping : IEntityTypeConfiguration<BlobRow>
{
    public void Configure(EntityTypeBuilder<BlobRow> row)
    {
        row.ToTable("blobs");
        row.HasKey(r => r.Digest);
        row.HasIndex(r => r.StoredAt);
    }
}

/// <summary>A piece of an upload in the database.</summary>
internal sealed class BlobChunkRow
{
    public Guid Upload { get; init; }

    public int Number { get; init; }

    public required byte[] Bytes { get; init; }

    public DateTimeOffset StoredAt { get; init; }
}

internal sealed class BlobChunkRowMapping : IEntityTypeConfiguration<BlobChunkRow>
{
    public void Configure(EntityTypeBuilder<BlobChunkRow> row)
    {
        row.ToTable("blob_chunks");
        row.HasKey(r => new { r.Upload, r.Number });
    }
}
