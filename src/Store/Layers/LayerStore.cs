using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Layers;

/// <summary>The indexes of all layers that were ever read, under their diff ids. Whatever goes wrong with them, the layer is read again.</summary>
internal sealed class LayerStore(IDbContextFactory<PlimsollDb> databases, ServiceMeter meter, TimeProvider clock)
{
    public LayerMemory Memory => new(Find, Keep);

    /// <param name="digest">Of the stored blob, or the diff id.</param>
    async ValueTask<LayerIndex?> Find(Digest digest, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var diffId = await db.StoredBlobs.Where(row => row.BlobDigest == digest.Value).Select(row => row.DiffId).SingleOrDefaultAsync(ct) ?? digest.Value;
        var bytes = await db.Layers.Where(row => row.DiffId == diffId && row.Revision == Rules.Revision).Select(row => row.Bytes).SingleOrDefaultAsync(ct);
        if (bytes is null || LayerIndexFormat.Read(bytes) is not { } index)
            return null;
        var now = clock.GetUtcNow();
        await db.Layers.Where(row => row.DiffId == diffId && row.Revision == Rules.Revision).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsed, now), ct);
        meter.CacheHit();
        return index;
    }

    /// <summary>The layers with these diff ids, in their order; null when one of them is not known, or they have more entries than <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<LayerIndex>?> All(IReadOnlyList<Digest> diffIds, int most, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var names = diffIds.Select(id => id.Value).Distinct().ToList();
        var known = db.Layers.Where(row => names.Contains(row.DiffId) && row.Revision == Rules.Revision);
        var entries = await known.ToDictionaryAsync(row => row.DiffId, row => row.Entries, StringComparer.Ordinal, ct);
        if (names.Any(name => !entries.ContainsKey(name)) || diffIds.Sum(id => (long)entries[id.Value]) > most)
            return null;
        var indexes = new Dictionary<string, LayerIndex>(StringComparer.Ordinal);
        foreach (var name in names)
            if (await known.Where(row => row.DiffId == name).Select(row => row.Bytes).SingleOrDefaultAsync(ct) is { } bytes && LayerIndexFormat.Read(bytes) is { } index)
                indexes[name] = index;
            else
                return null;
        return [.. diffIds.Select(id => indexes[id.Value])];
    }

    async ValueTask Keep(LayerIndex layer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (diffId, bytes, now) = (layer.DiffId.Value, LayerIndexFormat.Write(layer), clock.GetUtcNow().UtcDateTime);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO layers (diff_id, revision, entries, bytes, last_used) VALUES ({diffId}, {Rules.Revision}, {layer.EntryCount}, {bytes}, {now}) ON CONFLICT (diff_id, revision) DO NOTHING", ct);
        if (layer.Digest != layer.DiffId)
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO stored_blobs (blob_digest, diff_id, size) VALUES ({layer.Digest.Value}, {diffId}, {layer.CompressedSize}) ON CONFLICT (blob_digest) DO NOTHING", ct);
    }
}
