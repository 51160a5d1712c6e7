using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plimsoll.Store.Advisories;

namespace Plimsoll.Store.Images;

/// <summary>An image for one platform, and its report.</summary>
internal sealed class ImageRow
{
    /// <summary>Of its manifest; of its configuration for an image of an archive that keeps no manifest.</summary>
    public required string Digest { get; init; }

    /// <summary>What tables with hundreds of rows for each image know it by: a digest takes nine times as many bytes.</summary>
    public int Number { get; init; }

    public required string ConfigDigest { get; init; }

    /// <summary>The name that it was last inspected by; null when it had none.</summary>
    public string? Reference { get; set; }

    public required string Platform { get; init; }

    /// <summary>Bytes of all files of all layers.</summary>
    public long Size { get; set; }

    public int Findings { get; set; }

    public int Packages { get; set; }

    /// <summary>The rules that made the report. A report of older rules is made anew when its image is asked for.</summary>
    public int Revision { get; set; }

    public DateTimeOffset InspectedAt { get; set; }

    /// <summary>The components that it has; null for one that was stored by a version without them, until they are made of its report.</summary>
    public int? ComponentSetId { get; set; }

    /// <summary>
    /// ChainID of all its layers, by which it is found as the base of others; empty where it has none. Null for one that was stored by a version
    /// without chains, until it is made of its layers.
    /// </summary>
    public string? ChainId { get; set; }

    /// <summary>The image's report as JSON, gzip-compressed.</summary>
    public required byte[] Report { get; set; }
}

internal sealed class ImageRowMapping : IEntityTypeConfiguration<ImageRow>
{
    public void Configure(EntityTypeBuilder<ImageRow> row)
    {
        row.ToTable("images");
        row.HasKey(r => r.Digest);
        row.HasAlternateKey(r => r.Number);
        row.Property(r => r.Number).ValueGeneratedOnAdd();
        row.HasIndex(r => r.ConfigDigest);
        row.HasIndex(r => r.Reference);
        row.HasIndex(r => new { r.InspectedAt, r.Digest });
        row.HasIndex(r => r.ComponentSetId);
        row.HasIndex(r => new { r.ChainId, r.InspectedAt });
        row.HasOne<ComponentSetRow>().WithMany().HasForeignKey(r => r.ComponentSetId).OnDelete(DeleteBehavior.SetNull);
    }
}

/// <summary>A layer of an image: what tells which known images share it.</summary>
internal sealed class ImageLayerRow
{
    public required string ImageDigest { get; init; }

    /// <summary>0 for the lowest.</summary>
    public int Number { get; init; }

    public required string DiffId { get; init; }
}

internal sealed class ImageLayerRowMapping : IEntityTypeConfiguration<ImageLayerRow>
{
    public void Configure(EntityTypeBuilder<ImageLayerRow> row)
    {
        row.ToTable("image_layers");
        row.HasKey(r => new { r.ImageDigest, r.Number });
        row.HasIndex(r => r.DiffId);
        row.HasOne<ImageRow>().WithMany().HasForeignKey(r => r.ImageDigest).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>A package in some version, whatever number of images has it.</summary>
internal sealed class PackageRow
{
    public int Id { get; init; }

    public required string Purl { get; init; }

    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public string? SourceName { get; init; }

    public string? SourceVersion { get; init; }
}

internal sealed class PackageRowMapping : IEntityTypeConfiguration<PackageRow>
{
    public void Configure(EntityTypeBuilder<PackageRow> row)
    {
        row.ToTable("packages");
        row.HasKey(r => r.Id);
        row.HasIndex(r => r.Purl).IsUnique();
        row.HasIndex(r => new { r.Type, r.Name });
        row.HasIndex(r => new { r.Type, r.SourceName });
    }
}

/// <summary>A package that is installed in an image. All else about it is in the image's report.</summary>
internal sealed class ImagePackageRow
{
    public int ImageNumber { get; init; }

    public int PackageId { get; init; }
}

internal sealed class ImagePackageRowMapping : IEntityTypeConfiguration<ImagePackageRow>
{
    public void Configure(EntityTypeBuilder<ImagePackageRow> row)
    {
        row.ToTable("image_packages");
        row.HasKey(r => new { r.ImageNumber, r.PackageId });
        row.HasIndex(r => r.PackageId);
        row.HasOne<ImageRow>().WithMany().HasForeignKey(r => r.ImageNumber).HasPrincipalKey(r => r.Number).OnDelete(DeleteBehavior.Cascade);
        row.HasOne<PackageRow>().WithMany().HasForeignKey(r => r.PackageId).OnDelete(DeleteBehavior.Cascade);
    }
}
