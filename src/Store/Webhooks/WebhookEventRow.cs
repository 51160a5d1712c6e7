using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Webhooks;

/// <summary>Something that happened, as every receiver is told: the very bytes that are signed.</summary>
internal sealed class WebhookEventRow
{
    /// <summary>The same in each delivery and each attempt, so that a receiver can tell what it has seen.</summary>
    public Guid Id { get; init; }

    public required string Type { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>JSON.</summary>
    public required byte[] Payload { get; init; }
}

internal sealed class WebhookEventRowMapping : IEntityTypeConfiguration<WebhookEventRow>
{
    public void Configure(EntityTypeBuilder<WebhookEventRow> row)
    {
        row.ToTable("webhook_events");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasIndex(r => r.At);
    }
}
