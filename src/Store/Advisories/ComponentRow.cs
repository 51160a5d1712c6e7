using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plimsoll.Engine.Advisories.Matching;

namespace Plimsoll.Store.Advisories;

/// <summary>A component, whatever number of images has it: what a vulnerability belongs to.</summary>
internal sealed class ComponentRow
{
    public int Id { get; init; }

    /// <summary>SHA-256 of all that makes it this one.</summary>
    public required byte[] Hash { get; init; }

    public required string Ecosystem { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string SourceName { get; init; }

    public required string SourceVersion { get; init; }

    public string? Stream { get; init; }

    public string? Architecture { get; init; }

    public OwnerKind Owner { get; init; }

    /// <summary>By what records find it.</summary>
    public required string Key { get; init; }

    /// <summary>By what they find its source, where they may name either; null where they name one of the two alone.</summary>
    public string? SourceKey { get; init; }

    /// <summary>The rules that it was last matched by, <see cref="Matcher.Revision"/>; 0 where it was not yet.</summary>
    public int Revision { get; set; }

    public Component Read() => new(Ecosystem, Name, Version, SourceName, SourceVersion, Stream, Architecture, Owner);
}

internal sealed class ComponentRowMapping : IEntityTypeConfiguration<ComponentRow>
{
    public void Configure(EntityTypeBuilder<ComponentRow> row)
    {
        row.ToTable("components");
        row.HasKey(r => r.Id);
        row.HasIndex(r => r.Hash).IsUnique();
        row.HasIndex(r => r.Key);
        row.HasIndex(r => r.SourceKey);
        row.HasIndex(r => r.Revision);
    }
}

/// <summary>The components of an image. Images with the same ones share it.</summary>
internal sealed class ComponentSetRow
{
    public int Id { get; init; }

    /// <summary>SHA-256 of the hashes of its components, in their order.</summary>
    public required byte[] Hash { get; init; }
}

internal sealed class ComponentSetRowMapping : IEntityTypeConfiguration<ComponentSetRow>
{
    public void Configure(EntityTypeBuilder<ComponentSetRow> row)
    {
        row.ToTable("component_sets");
        row.HasKey(r => r.Id);
        row.HasIndex(r => r.Hash).IsUnique();
    }
}

internal sealed class ComponentSetItemRow
{
    public int SetId { get; init; }

    public int ComponentId { get; init; }
}

internal sealed class ComponentSetItemRowMapping : IEntityTypeConfiguration<ComponentSetItemRow>
{
    public void Configure(EntityTypeBuilder<ComponentSetItemRow> row)
    {
        row.ToTable("component_set_items");
        row.HasKey(r => new { r.SetId, r.ComponentId });
        // Both, so that who asks which images have a component reads the index alone: its items lie on as many pages as there are sets.
        row.HasIndex(r => new { r.ComponentId, r.SetId });
        row.HasOne<ComponentSetRow>().WithMany().HasForeignKey(r => r.SetId).OnDelete(DeleteBehavior.Cascade);
        row.HasOne<ComponentRow>().WithMany().HasForeignKey(r => r.ComponentId).OnDelete(DeleteBehavior.Cascade);
    }
}
