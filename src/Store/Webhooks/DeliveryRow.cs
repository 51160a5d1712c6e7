using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plimsoll.Store.Webhooks;

/// <summary>One event on its way to one webhook: the queue of deliveries and the log of them.</summary>
internal sealed class DeliveryRow
{
    /// <summary>A version 7 UUID: in the order of events.</summary>
    public Guid Id { get; init; }

    public Guid WebhookId { get; init; }

    public Guid EventId { get; init; }

    public DeliveryState State { get; set; }

    /// <summary>How often it was begun, those included that a killed process never ended.</summary>
    public int Attempts { get; set; }

    /// <summary>Not to be sent before.</summary>
    public DateTimeOffset AvailableAt { get; set; }

    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last attempt began.</summary>
    public DateTimeOffset? AttemptedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The HTTP status of the last answer; null when there was none.</summary>
    public int? Status { get; set; }

    /// <summary>Milliseconds that the last attempt took.</summary>
    public int? Duration { get; set; }

    /// <summary>The beginning of the last answer, without control characters.</summary>
    public string? Answer { get; set; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Error { get; set; }
}

internal sealed class DeliveryRowMapping : IEntityTypeConfiguration<DeliveryRow>
{
    public void Configure(EntityTypeBuilder<DeliveryRow> row)
    {
        row.ToTable("webhook_deliveries");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasIndex(r => new { r.WebhookId, r.Id }).IsDescending(false, true);
        row.HasIndex(r => r.EventId);
        row.HasIndex(r => r.CreatedAt);
        // The queue of each webhook, and what is being sent: small however long the log is.
        row.HasIndex(r => new { r.WebhookId, r.AvailableAt }).HasFilter("state = 'Waiting'").HasDatabaseName("ix_webhook_deliveries_queue");
        row.HasIndex(r => r.WebhookId).HasFilter("state = 'Sending'").HasDatabaseName("ix_webhook_deliveries_leases");
        row.HasOne<WebhookRow>().WithMany().HasForeignKey(r => r.WebhookId).OnDelete(DeleteBehavior.Cascade);
        row.HasOne<WebhookEventRow>().WithMany().HasForeignKey(r => r.EventId).OnDelete(DeleteBehavior.Cascade);
    }
}
