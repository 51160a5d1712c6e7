using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plimsoll.Store.Images;

namespace Plimsoll.Store.Advisories;

/// <summary>
/// Keeps the vulnerabilities of components what the advisories say. Nothing is pulled for it and no image is opened: components are in the
/// database, advisories on the shelf.
/// </summary>
internal sealed partial class Rematch(
    IDbContextFactory<PlimsollDb> databases, AdvisoryShelf shelf, MatchingLock turns, AdvisoryNews news, TimeProvider clock, ILogger<Rematch> log)
{
    /// <summary>Components that are matched at once: their advisories are in memory together.</summary>
    public const int Batch = 2000;

    /// <summary>Images whose components are made of their reports in one go.</summary>
    const int Images = 100;

    /// <summary>
    /// Matches the components that are new, or were matched by older rules. Returns how many; 0 too when another process is at it, which then
    /// sees them.
    /// </summary>
    public async Task<int> Settle(CancellationToken ct)
    {
        await using var turn = await turns.TryTake(ct);
        return turn is null ? 0 : (await SettleInTurn(isFirst: false, ct)).Matched;
    }

    /// <summary>The same for whoever has the turn already.</summary>
    /// <param name="isFirst">Whether that was the first import of a source.</param>
    /// <returns>How many components, and how many messages.</returns>
    public async Task<(int Matched, int Told)> SettleInTurn(bool isFirst, CancellationToken ct)
    {
        await FillIn(ct);
        using var library = await shelf.Borrow(ct, await LastEpoch(ct));
        if (library is null)
            return (0, 0);
        var (all, told, matcher, unheard) = (0, 0, new Matcher(library, clock.GetUtcNow()), new List<ComponentNews>());
        var (key, id) = ("", 0L);
        for (var isLast = false; !isLast;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            // From key to key, so that none is gone through twice, and a record that several components need is mostly read for them together.
            var components = await db.Components.AsNoTracking()
                .Where(row => row.Revision != Matcher.Revision && (string.Compare(row.Key, key) > 0 || row.Key == key && row.Id > id)).OrderBy(row => row.Key).ThenBy(row => row.Id).Take(Batch).ToListAsync(ct);
            isLast = components.Count < Batch;
            if (!isLast)
                (key, id) = (components[^1].Key, components[^1].Id);
            var differences = await db.DifferencesOf(components, matcher, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // Whoever lost the turn without knowing must not write what was true before.
            if (await LastEpoch(db, ct) != library.Epoch)
                break;
            await db.Write(differences.Gone, differences.New, ct);
            var ids = components.Select(row => row.Id).ToList();
            await db.Components.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, Matcher.Revision), ct);
            // Once for all of them: in a bulk of many, who is killed in the middle has told of none, and the rest is told of when it is matched.
            unheard.AddRange(differences.News);
            if (isLast)
                told = await news.Tell(db, library.Epoch, unheard, isFirst, ct);
            await transaction.CommitAsync(ct);
            all += components.Count;
        }
        return (all, told);
    }

    /// <summary>The components that one of these keys finds and that are matched already: those that are not yet will be, by what is there then.</summary>
    public static async Task<List<ComponentRow>> Named(PlimsollDb db, IEnumerable<string> keys, CancellationToken ct)
    {
        var found = new List<ComponentRow>();
        foreach (var batch in keys.Select(ComponentStore.Stored).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(Batch))
            found.AddRange(await db.Components.AsNoTracking().Where(row => row.Revision != 0 && (batch.Contains(row.Key) || batch.Contains(row.SourceKey))).ToListAsync(ct));
        return Once(found);
    }

    /// <summary>Each once, and those side by side that the same records are about.</summary>
    public static List<ComponentRow> Once(IEnumerable<ComponentRow> components) => [.. components.DistinctBy(row => row.Id).OrderBy(row => row.Key, StringComparer.Ordinal)];

    async Task<long> LastEpoch(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await LastEpoch(db, ct);
    }

    static async Task<long> LastEpoch(PlimsollDb db, CancellationToken ct) => await db.Epochs.MaxAsync(row => (long?)row.Number, ct) ?? 0;

    // Of images that were stored by a version without components. One that cannot be read keeps no other from having its own.
    async Task FillIn(CancellationToken ct)
    {
        await using (var db = await databases.CreateDbContextAsync(ct))
            await db.FillInChains(ct);
        for (var last = ""; ;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var images = await db.Images.AsNoTracking().Where(row => row.ComponentSetId == null && string.Compare(row.Digest, last) > 0).OrderBy(row => row.Digest).Take(Images).ToListAsync(ct);
            if (images.Count == 0)
                return;
            foreach (var image in images)
                try
                {
                    await FillIn(image, ct);
                }
                catch (Exception e) when (e is not OperationCanceledException && !DatabaseErrors.IsPassing(e))
                {
                    Log.NoComponents(log, image.Digest, e);
                }
            last = images[^1].Digest;
        }
    }

    async Task FillIn(ImageRow image, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var set = await db.ComponentsOf(new StoredReport(image.Report).Read(), ct);
        await db.Images.Where(row => row.Digest == image.Digest && row.ComponentSetId == null).ExecuteUpdateAsync(update => update.SetProperty(row => row.ComponentSetId, set), ct);
        await transaction.CommitAsync(ct);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The report of image {Digest} does not say which components it has: its vulnerabilities are in no list of all images")]
        public static partial void NoComponents(ILogger logger, string digest, Exception reason);
    }
}

internal static class RematchQueries
{
    public static async Task<Differences> DifferencesOf(this PlimsollDb db, IReadOnlyList<ComponentRow> components, Matcher matcher, CancellationToken ct)
    {
        var ids = components.Select(row => row.Id).ToList();
        // Side by side.
        var after = Task.Run(() => matcher.Of(components), ct);
        var before = db.Vulnerabilities.AsNoTracking().Where(row => ids.Contains(row.ComponentId)).ToListAsync(ct);
        await Task.WhenAll(after, before);
        return Differences.Of(components, await before, await after);
    }
}
