using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Tokens;

/// <summary>A token. Only a keyed hash of it is stored.</summary>
internal sealed class TokenRow
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>HMAC-SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    public Scope Scope { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>What a token may do. Each includes the one before it.</summary>
internal enum Scope
{
    Read,
    Submit,
    Admin,
}

internal sealed class TokenRowMapping : IEntityTypeConfiguration<TokenRow>
{
    public void Configure(EntityTypeBuilder<TokenRow> row)
    {
        row.ToTable("tokens");
        row.HasKey(r => r.Id);
        row.HasIndex(r => r.Name).IsUnique();
        row.HasIndex(r => r.Hash).IsUnique();
    }
}
