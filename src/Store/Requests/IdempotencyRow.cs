using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Requests;

/// <summary>A request that its caller may send again, and what it was answered.</summary>
internal sealed class IdempotencyRow
{
    /// <summary>The token that sent it.</summary>
    public required string Caller { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked; of an upload, its digest.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>0 while it is under way.</summary>
    public int Status { get; set; }

    public string? Location { get; set; }

    public string? ContentType { get; set; }

    /// <summary>Encrypted: it may hold a token.</summary>
    public byte[]? Body { get; set; }

    public DateTimeOffset BegunAt { get; set; }
}

internal sealed class IdempotencyRowMapping : IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyRow> row)
    {
        row.ToTable("idempotency_keys");
        row.HasKey(r => new { r.Caller, r.Key });
        row.HasIndex(r => r.BegunAt);
    }
}
