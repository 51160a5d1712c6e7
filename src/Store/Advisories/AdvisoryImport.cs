using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Advisories;

/// <summary>
/// Brings advisories in, and all that follows from them, in one transaction: whoever is killed in the middle leaves the epoch of before, whole.
/// </summary>
internal sealed class AdvisoryImport(IDbContextFactory<PlimsollDb> databases, AdvisoryShelf shelf, MatchingLock turns, Rematch rematch, AdvisoryNews news, TimeProvider clock)
{
    /// <summary>Records that differ beyond which all components are matched again: to ask for each costs more then.</summary>
    const int MostAsked = 5000;

    /// <param name="bring">Puts sources into the import, and says which of them failed.</param>
    /// <param name="replace">Whatever vanishes.</param>
    public async Task<ImportResult> Run(Func<LibraryImport, string, CancellationToken, Task<IReadOnlyList<SourceFailure>>> bring, bool replace, CancellationToken ct)
    {
        await using var turn = await turns.Take(ct);
        using var folder = WorkFolder.Make(clock.GetUtcNow());
        var path = Path.Combine(folder.Path, "library");
        var last = await Put(path, ct);
        IReadOnlyList<SourceFailure> failures;
        ImportOutcome outcome;
        IReadOnlyList<(string Name, DateTimeOffset AsOf)> confirmed;
        using (var import = LibraryImport.Begin(path, anew: replace) switch { { Import: { } begun } => begun, var refused => throw new IOException(refused.Refusal) })
        {
            failures = await bring(import, folder.Path, ct);
            confirmed = import.Confirmed;
            outcome = import.Complete(replace, ct);
        }
        if (!outcome.IsWritten)
            failures = [.. failures, .. outcome.Changes.Where(change => change.IsLoss).Select(change => new SourceFailure(change.Source.Name, $"{change.Vanished} of its {change.Before} records would vanish, more than a tenth"))];
        var changed = outcome.IsWritten ? outcome.Changes.Where(change => change.Before is null || change.Added + change.Changed + change.Vanished > 0).ToList() : [];
        var epoch = last;
        var told = 0;
        if (changed.Count > 0)
            (epoch, told) = await Commit(path, last, outcome.Changes, ct);
        await Note(outcome, confirmed, failures, ct);
        shelf.Expire();
        await rematch.SettleInTurn(ct);
        return new ImportResult(epoch, outcome.IsWritten ? outcome.Changes : [], failures, told);
    }

    /// <summary>A source could not be brought at all.</summary>
    public async Task Failed(SourceFailure failure, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await Failed(db, failure, ct);
    }

    // The library to start from; 0 and no file where there is none.
    async Task<long> Put(string path, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Epochs.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(ct) is not { } epoch)
            return 0;
        await db.Read(epoch, path, ct);
        return epoch.Number;
    }

    async Task<(long Epoch, int Told)> Commit(string path, long last, IReadOnlyList<SourceChange> changes, CancellationToken ct)
    {
        var epoch = last + 1;
        using var after = new BorrowedLibrary(new SharedLibrary(AdvisoryLibrary.Open(path).Library ?? throw new IOException($"{path} was changed by another program"), epoch), new Dictionary<string, DateTimeOffset>());
        using var before = await shelf.Borrow(ct, last);
        await using var db = await databases.CreateDbContextAsync(ct);
        var components = await Touched(db, before?.Library, after.Library, ct);
        var (gone, added, all) = (new List<VulnerabilityRow>(), new List<VulnerabilityRow>(), new List<ComponentNews>());
        var matcher = new Matcher(after, clock.GetUtcNow());
        foreach (var batch in components.Chunk(Rematch.Batch))
        {
            var differences = await db.DifferencesOf(batch, matcher, ct);
            gone.AddRange(differences.Gone);
            added.AddRange(differences.New);
            all.AddRange(differences.News);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var pieces = await db.Write(after.Library, ct);
        db.Epochs.Add(new EpochRow { Number = epoch, At = clock.GetUtcNow(), Size = after.Library.Size, Pieces = pieces, Changes = EpochChanges.Write(changes) });
        await db.SaveChangesAsync(ct);
        await db.Write(gone, added, ct);
        var told = await news.Tell(db, epoch, all, isFirst: changes.Any(change => change.Before is null && change.Source.Kind == SourceKind.Advisories), ct);
        await db.Forget(epoch, ct);
        await transaction.CommitAsync(ct);
        return (epoch, told);
    }

    // What differs, and all that goes by a name of that: an alias that comes or goes joins or parts the records of others too.
    static async Task<List<ComponentRow>> Touched(PlimsollDb db, AdvisoryLibrary? before, AdvisoryLibrary after, CancellationToken ct)
    {
        var difference = LibraryDifference.Between(before, after);
        var records = difference.Records.Where(change => !change.TextAlone).ToList();
        if (records.Count > MostAsked)
            return await db.Components.AsNoTracking().Where(row => row.Revision != 0).OrderBy(row => row.Key).ToListAsync(ct);
        var keys = records.SelectMany(change => change.Packages).ToHashSet(StringComparer.Ordinal);
        foreach (var name in records.Select(change => change.Id).Concat(difference.Exploited).Concat(difference.NoLongerExploited))
            foreach (var library in new[] { before, after }.OfType<AdvisoryLibrary>())
                keys.UnionWith(library.Find(name).SelectMany(PackageKeys.Of));
        return await Rematch.Named(db, keys, ct);
    }

    async Task Note(ImportOutcome outcome, IReadOnlyList<(string Name, DateTimeOffset AsOf)> confirmed, IReadOnlyList<SourceFailure> failures, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        IEnumerable<(string Name, DateTimeOffset AsOf)> imported = outcome.IsWritten ? outcome.Changes.Select(change => (change.Source.Name, change.Source.Provenance.AsOf)) : [];
        foreach (var (name, asOf) in confirmed.Concat(imported))
        {
            var moment = asOf.UtcDateTime;
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO advisory_sources (name, as_of) VALUES ({name}, {moment}) ON CONFLICT (name) DO UPDATE SET as_of = excluded.as_of, failure = NULL, failed_at = NULL", ct);
        }
        foreach (var failure in failures)
            await Failed(db, failure, ct);
    }

    Task<int> Failed(PlimsollDb db, SourceFailure failure, CancellationToken ct)
    {
        var (now, why) = (clock.GetUtcNow().UtcDateTime, OneLine.Of(failure.Reason));
        return db.Database.ExecuteSqlAsync(
            $"INSERT INTO advisory_sources (name, failed_at, failure) VALUES ({failure.Source}, {now}, {why}) ON CONFLICT (name) DO UPDATE SET failed_at = excluded.failed_at, failure = excluded.failure", ct);
    }
}

/// <param name="Source">The ecosystem, <c>KEV</c> or <c>EPSS</c>; empty for the mirror as a whole.</param>
/// <param name="Reason">A sentence without a full stop.</param>
internal sealed record SourceFailure(string Source, string Reason);

/// <summary>How an import ended.</summary>
/// <param name="Epoch">The one that is in force now.</param>
/// <param name="Changes">Of each source that was brought; empty where nothing was taken.</param>
/// <param name="Told">Messages about vulnerabilities.</param>
internal sealed record ImportResult(long Epoch, IReadOnlyList<SourceChange> Changes, IReadOnlyList<SourceFailure> Failures, int Told);
