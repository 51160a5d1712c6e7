using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Policies;

/// <summary>A revision of a policy. Revisions are never changed; the highest is the one that counts.</summary>
internal sealed class PolicyRow
{
    public required string Name { get; init; }

    /// <summary>From 1.</summary>
    public int Revision { get; init; }

    /// <summary>As it was given, YAML or JSON. Null for the revision that deleted the policy.</summary>
    public string? Text { get; init; }

    public required string Author { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class PolicyRowMapping : IEntityTypeConfiguration<PolicyRow>
{
    public void Configure(EntityTypeBuilder<PolicyRow> row)
    {
        row.ToTable("policies");
        row.HasKey(r => new { r.Name, r.Revision });
    }
}
