using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Webhooks;

/// <summary>Somebody who wants to be told.</summary>
internal sealed class WebhookRow
{
    public Guid Id { get; init; }

    public required string Url { get; set; }

    public string? Description { get; set; }

    /// <summary>The types of events that it wants, with a comma between; null for all, those of later versions too.</summary>
    public string? Events { get; set; }

    /// <summary>While it is false, nothing new is written down for it, and what waits stays where it is.</summary>
    public bool Enabled { get; set; }

    /// <summary>What signs its deliveries, encrypted.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>The secret before the last rotation, encrypted: it signs too until <see cref="PreviousUntil"/>, so that the receiver can change over.</summary>
    public byte[]? PreviousSecret { get; set; }

    public DateTimeOffset? PreviousUntil { get; set; }

    /// <summary>The name of the token that made it.</summary>
    public required string Author { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class WebhookRowMapping : IEntityTypeConfiguration<WebhookRow>
{
    public void Configure(EntityTypeBuilder<WebhookRow> row)
    {
        row.ToTable("webhooks");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
    }
}
