using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Settings;

namespace Plimsoll.Store.Webhooks;

/// <summary>What an admin says of a webhook.</summary>
/// <param name="Events">With a comma between; null for all.</param>
internal sealed record WebhookTerms(string Url, string? Description, string? Events, bool Enabled);

/// <summary>Webhooks as their admins manage them. A secret leaves this class once, when it is made.</summary>
internal sealed class WebhookStore(IDbContextFactory<PlimsollDb> databases, SecretKeys keys, TimeProvider clock)
{
    /// <summary>Each one costs a look at every end of an inspection.</summary>
    public const int Most = 100;

    /// <summary>How long the secret before a rotation still signs.</summary>
    public static TimeSpan Changeover { get; } = TimeSpan.FromHours(24);

    /// <summary>Null when there are too many already.</summary>
    public async Task<(WebhookRow Row, string Secret)?> Create(WebhookTerms terms, string author, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Webhooks.CountAsync(ct) >= Most)
            return null;
        var key = WebhookSignature.NewKey();
        var now = clock.GetUtcNow();
        var row = new WebhookRow
        {
            Id = Guid.CreateVersion7(now), Url = terms.Url, Description = terms.Description, Events = terms.Events, Enabled = terms.Enabled,
            Secret = keys.EncryptWebhook(key), Author = author, CreatedAt = now,
        };
        db.Webhooks.Add(row);
        await db.SaveChangesAsync(ct);
        return (row, WebhookSignature.Show(key));
    }

    public async Task<IReadOnlyList<WebhookRow>> List(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Webhooks.AsNoTracking().OrderBy(row => row.Id).ToListAsync(ct);
    }

    public async Task<WebhookRow?> Find(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
    }

    public async Task<WebhookRow?> Replace(Guid id, WebhookTerms terms, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Webhooks.Where(row => row.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Url, terms.Url).SetProperty(row => row.Description, terms.Description)
            .SetProperty(row => row.Events, terms.Events).SetProperty(row => row.Enabled, terms.Enabled), ct);
        return await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
    }

    /// <summary>Deletes it with its log.</summary>
    public async Task<bool> Delete(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Webhooks.Where(row => row.Id == id).ExecuteDeleteAsync(ct) == 1;
    }

    /// <summary>Makes a new secret; null when there is no such webhook.</summary>
    public async Task<(string Secret, DateTimeOffset PreviousUntil)?> Rotate(Guid id, CancellationToken ct)
    {
        var key = WebhookSignature.NewKey();
        var (secret, until) = (keys.EncryptWebhook(key), clock.GetUtcNow() + Changeover);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rotated = await db.Webhooks.Where(row => row.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.PreviousSecret, row => row.Secret).SetProperty(row => row.PreviousUntil, until).SetProperty(row => row.Secret, secret), ct);
        return rotated == 1 ? (WebhookSignature.Show(key), until) : null;
    }
}
