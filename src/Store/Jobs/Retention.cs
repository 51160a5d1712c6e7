using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Requests;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Store.Jobs;

/// <summary>
/// Deletes what is older than <c>RETENTION_DAYS</c>: inspections that have ended, webhook deliveries with their events, what was told of
/// vulnerabilities, and indexes of layers that no inspection has used since; and the sets of components that no image has any more. Images and
/// their reports stay: a cluster may run an image years after it was inspected, and asks for its verdict each time that it starts one.
/// </summary>
internal sealed class Retention(IDbContextFactory<PlimsollDb> databases, IdempotencyStore answers, Settings.Settings settings, TimeProvider clock) : IRecurringJob
{
    /// <summary>Rows of one statement: SQLite has one writer, and nobody shall wait long for it.</summary>
    const int Batch = 500;

    public JobInfo Info => JobList.Retention;

    public async Task<int> Run(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = clock.GetUtcNow() - settings.Retention;
        return await answers.Sweep(ct)
            + await Delete(db.Inspections.Where(row => row.FinishedAt < before).OrderBy(row => row.FinishedAt), ct)
            + await Delete(db.Deliveries.Where(row => row.CreatedAt < before && row.State != DeliveryState.Sending).OrderBy(row => row.Id), ct)
            // An event may be older than the deliveries of it that somebody asked for again.
            + await Delete(db.WebhookEvents.Where(row => row.At < before && !db.Deliveries.Any(delivery => delivery.EventId == row.Id)).OrderBy(row => row.Id), ct)
            + await Delete(db.Layers.Where(row => row.LastUsed < before).OrderBy(row => row.LastUsed), ct)
            + await Delete(db.AdvisoryEvents.Where(row => row.At < before).OrderBy(row => row.Id), ct)
            // An inspection may be about to take one up again: then its image has none, and gets one of its report. Components stay.
            + await Delete(db.ComponentSets.Where(row => !db.Images.Any(image => image.ComponentSetId == row.Id)).OrderBy(row => row.Id), ct)
            + await Delete(db.StoredBlobs.Where(row => !db.Layers.Any(layer => layer.DiffId == row.DiffId)).OrderBy(row => row.BlobDigest), ct);
    }

    static async Task<int> Delete<T>(IOrderedQueryable<T> rows, CancellationToken ct) where T : class
    {
        var all = 0;
        int deleted;
        do
            all += deleted = await rows.Take(Batch).ExecuteDeleteAsync(ct);
        while (deleted == Batch);
        return all;
    }
}
