using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Blobs;

/// <summary>Uploads by their digest: the same bytes are kept once, until no unfinished inspection needs them.</summary>
internal sealed class UploadStore(IBlobStore blobs, IDbContextFactory<PlimsollDb> databases, Settings.Settings settings, TimeProvider clock)
{
    /// <summary>What nobody inspects within this time goes.</summary>
    public static TimeSpan Unclaimed { get; } = TimeSpan.FromHours(1);

    readonly Arriving _arriving = new();

    /// <summary>Takes a whole body and returns its digest.</summary>
    /// <exception cref="BlobStoreFullException">There is no room for it.</exception>
    public async Task<StoredBlob> Receive(Stream body, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var stored = settings.Limits.BlobQuota is { } quota ? await WriteWithin(quota, db, body, ct) : await blobs.Write(body, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        // Who comes second with the same bytes finds them there; its own copy goes, unless the store keeps both under one key.
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO blobs (digest, size, key, stored_at) VALUES ({stored.Digest}, {stored.Size}, {stored.Key}, {now}) ON CONFLICT (digest) DO UPDATE SET stored_at = excluded.stored_at", ct);
        var kept = await db.Blobs.Where(row => row.Digest == stored.Digest).Select(row => row.Key).SingleAsync(ct);
        if (kept != stored.Key)
            await blobs.Delete(stored.Key, ct);
        return stored with { Key = kept };
    }

    // What waits is in the database, for all processes; what arrives at this moment is each process's own to know.
    async Task<StoredBlob> WriteWithin(long quota, PlimsollDb db, Stream body, CancellationToken ct)
    {
        var room = quota - await db.Blobs.SumAsync(row => row.Size, ct);
        await using var counted = new QuotaStream(body, room, _arriving);
        return await blobs.Write(counted, ct);
    }

    public async Task<bool> Has(string digest, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Blobs.AnyAsync(row => row.Digest == digest, ct);
    }

    /// <exception cref="FileNotFoundException">The upload is gone.</exception>
    public async Task<ImageSource> Open(string digest, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var key = await db.Blobs.Where(row => row.Digest == digest).Select(row => row.Key).SingleOrDefaultAsync(ct)
            ?? throw new FileNotFoundException($"the upload {digest} is not there any more");
        return await blobs.Open(key, ct);
    }

    /// <summary>Deletes an upload that no unfinished inspection needs.</summary>
    public async Task DropIfUnused(string? digest, CancellationToken ct)
    {
        if (digest is null)
            return;
        await using var db = await databases.CreateDbContextAsync(ct);
        await Drop(db, db.Blobs.Where(row => row.Digest == digest), ct);
    }

    /// <summary>Deletes the uploads whose inspections have all ended: a worker that died between the two left them.</summary>
    public async Task DropEnded(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await Drop(db, db.Blobs.Where(row => db.Inspections.Any(one => one.Blob == row.Digest && one.FinishedAt >= row.StoredAt)), ct);
    }

    /// <summary>Deletes the uploads that nobody asked to inspect, and the bytes that belong to no upload.</summary>
    public async Task<int> Sweep(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = clock.GetUtcNow() - Unclaimed;
        var unclaimed = await Drop(db, db.Blobs.Where(row => row.StoredAt < before), ct);
        return unclaimed + await blobs.Sweep(before, key => db.Blobs.AnyAsync(row => row.Key == key, ct), ct);
    }

    async Task<int> Drop(PlimsollDb db, IQueryable<BlobRow> rows, CancellationToken ct)
    {
        var unused = await rows
            .Where(row => !db.Inspections.Any(one => one.Blob == row.Digest && (one.State == InspectionState.Queued || one.State == InspectionState.Running)))
            .ToListAsync(ct);
        foreach (var row in unused)
        {
            // The row first: a blob without a row is swept, a row without its blob would fail an inspection.
            if (await db.Blobs.Where(one => one.Digest == row.Digest && one.StoredAt == row.StoredAt).ExecuteDeleteAsync(ct) == 1)
                await blobs.Delete(row.Key, ct);
        }
        return unused.Count;
    }
}
