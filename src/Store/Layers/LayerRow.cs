using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Layers;

/// <summary>The index of a layer, read once and used for every image that has the layer.</summary>
internal sealed class LayerRow
{
    public required string DiffId { get; init; }

    /// <summary>The rules that read it. An index of other rules is not used.</summary>
    public int Revision { get; init; }

    /// <summary>Files, directories and whiteouts in it: what it costs to have it in memory.</summary>
    public int Entries { get; init; }

    /// <summary>As <c>LayerIndexFormat</c> writes it.</summary>
    public required byte[] Bytes { get; init; }

    public DateTimeOffset LastUsed { get; set; }
}

internal sealed class LayerRowMapping : IEntityTypeConfiguration<LayerRow>
{
    public void Configure(EntityTypeBuilder<LayerRow> row)
    {
        row.ToTable("layers");
        row.HasKey(r => new { r.DiffId, r.Revision });
        row.HasIndex(r => r.LastUsed);
    }
}

/// <summary>The diff id of a blob as registries store it, so that a known layer is not even downloaded.</summary>
internal sealed class StoredBlobRow
{
    public required string BlobDigest { get; init; }

    public required string DiffId { get; init; }

    /// <summary>Bytes of the blob.</summary>
    public long Size { get; init; }
}

internal sealed class StoredBlobRowMapping : IEntityTypeConfiguration<StoredBlobRow>
{
    public void Configure(EntityTypeBuilder<StoredBlobRow> row)
    {
        row.ToTable("stored_blobs");
        row.HasKey(r => r.BlobDigest);
    }
}
