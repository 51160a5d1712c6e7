using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Advisories;

/// <summary>
/// Brings advisories in, and all that follows from them, in one transaction: whoever is killed in the middle leaves the epoch of before, whole.
/// </summary>
internal sealed class AdvisoryImport(IDbContextFactory<PlimsollDb> databases, AdvisoryShelf shelf, MatchingLock turns, Rematch rematch, AdvisoryNews news, TimeProvider clock)
{
    /// <param name="bring">Puts sources into the import, and says which of them failed.</param>
    /// <param name="replace">Whatever vanishes.</param>
    /// <param name="wholly">Whether nothing is taken where a part of it cannot be.</param>
    public async Task<ImportResult> Run(Func<LibraryImport, CancellationToken, Task<IReadOnlyList<SourceFailure>>> bring, bool replace, bool wholly, CancellationToken ct)
    {
        await using var turn = await turns.Take(ct);
        using var folder = WorkFolder.Make(clock.GetUtcNow());
        var path = Path.Combine(folder.Path, "library");
        var last = await Put(path, ct);
        IReadOnlyList<SourceFailure> failures;
        IReadOnlyList<SourceChange> changes;
        IReadOnlyList<(string Name, DateTimeOffset AsOf)> confirmed;
        using (var import = LibraryImport.Begin(path, anew: true) switch { { Import: { } begun } => begun, var refused => throw new IOException(refused.Refusal) })
        {
            failures = await bring(import, ct);
            // What fails half-way is not half as good: it stays what it was. So does what would lose too much; the others are taken.
            foreach (var failed in failures)
                import.Abandon(failed.Kind, failed.Source);
            failures = [.. failures, .. replace ? [] : Losses(import)];
            if (wholly && failures.Count > 0)
                foreach (var change in import.Changes(replace))
                    import.Abandon(change.Source.Kind, change.Source.Name);
            confirmed = import.Confirmed;
            changes = import.Complete(replace, ct).Changes;
        }
        var (epoch, told) = changes.Any(change => change.IsAny) ? await Commit(path, last, changes, ct) : (last, 0);
        await Note(changes, confirmed, failures, ct);
        shelf.Expire();
        told += (await rematch.SettleInTurn(changes.Any(IsFirst), ct)).Told;
        return new ImportResult(epoch, changes, failures, told);
    }

    static bool IsFirst(SourceChange change) => change.Before is null && change.Source.Kind == SourceKind.Advisories;

    static IEnumerable<SourceFailure> Losses(LibraryImport import) => import.AbandonLosses()
        .Select(loss => new SourceFailure(loss.Source.Name, $"{loss.Vanished} of its {loss.Before} records would vanish, more than a tenth") { Kind = loss.Source.Kind, IsLoss = true });

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
        // Pieces are found by what they are: if this ends before the commit, the next import takes those away that nobody needs.
        var (matching, writing) = (Matched(before?.Library, after, ct), Pieces(after.Library, ct));
        await Task.WhenAll(matching, writing);
        var ((gone, added, all), pieces) = (await matching, await writing);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Epochs.Add(new EpochRow { Number = epoch, At = clock.GetUtcNow(), Size = after.Library.Size, Pieces = pieces, Changes = EpochChanges.Write(changes) });
        await db.SaveChangesAsync(ct);
        await db.Write(gone, added, ct);
        // What was brought before is not there any more, and due at once.
        if (before is null)
            await db.AdvisorySources.ExecuteUpdateAsync(set => set.SetProperty(row => row.AsOf, (DateTimeOffset?)null), ct);
        var told = await news.Tell(db, epoch, all, isFirst: changes.Any(IsFirst), ct);
        await db.Forget(epoch, ct);
        await transaction.CommitAsync(ct);
        return (epoch, told);
    }

    async Task<Differences> Matched(AdvisoryLibrary? before, BorrowedLibrary after, CancellationToken ct)
    {
        var parts = (await Touched(before, after.Library, ct)).Chunk(Matcher.Part).ToList();
        var (differences, matcher) = (new Differences[parts.Count], new Matcher(after, clock.GetUtcNow()));
        // As many as a batch of a full match has, however many processors there are: each has its advisories in memory, and a connection.
        var most = Math.Min(Environment.ProcessorCount, Rematch.Batch / Matcher.Part);
        await Parallel.ForAsync(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = ct }, async (i, ct) =>
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            differences[i] = await db.DifferencesOf(parts[i], matcher, ct);
        });
        return new([.. differences.SelectMany(part => part.Gone)], [.. differences.SelectMany(part => part.New)], [.. differences.SelectMany(part => part.News)]);
    }

    async Task<byte[]> Pieces(AdvisoryLibrary library, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Write(library, ct);
    }

    // What differs, and all that goes by a name of that: an alias that comes or goes joins or parts the records of others too.
    async Task<List<ComponentRow>> Touched(AdvisoryLibrary? before, AdvisoryLibrary after, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Where what was there cannot be read, nobody can say what is another.
        if (before is null)
            return await db.Components.AsNoTracking().Where(row => row.Revision != 0).OrderBy(row => row.Key).ToListAsync(ct);
        var difference = LibraryDifference.Between(before, after);
        var records = difference.Records.Where(change => !change.TextAlone).ToList();
        var keys = records.SelectMany(change => change.Packages).ToHashSet(StringComparer.Ordinal);
        var names = records.Select(change => change.Id).Concat(difference.Exploited).Concat(difference.NoLongerExploited).ToList();
        // All three side by side; few packages are found by their names alone.
        var (first, finding) = (Rematch.Named(db, keys, ct), Task.WhenAll(Task.Run(() => PackagesOf(before, names), ct), Task.Run(() => PackagesOf(after, names), ct)));
        await Task.WhenAll(first, finding);
        var others = (await finding).SelectMany(found => found).Where(key => !keys.Contains(key)).ToList();
        return Rematch.Once((await first).Concat(await Rematch.Named(db, others, ct)));

        static HashSet<string> PackagesOf(AdvisoryLibrary library, List<string> names) => names.Chunk(Rematch.Batch).SelectMany(library.FindPackages).ToHashSet(StringComparer.Ordinal);
    }

    async Task Note(IReadOnlyList<SourceChange> changes, IReadOnlyList<(string Name, DateTimeOffset AsOf)> confirmed, IReadOnlyList<SourceFailure> failures, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var (name, asOf) in confirmed.Concat(changes.Select(change => (change.Source.Name, change.Source.Provenance.AsOf))))
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
internal sealed record SourceFailure(string Source, string Reason)
{
    public SourceKind Kind { get; init; } = SourceKind.Advisories;

    /// <summary>Whether the only reason is how much would vanish.</summary>
    public bool IsLoss { get; init; }
}

/// <summary>How an import ended.</summary>
/// <param name="Epoch">The one that is in force now.</param>
/// <param name="Changes">Of each source that was taken.</param>
/// <param name="Told">Messages about vulnerabilities.</param>
internal sealed record ImportResult(long Epoch, IReadOnlyList<SourceChange> Changes, IReadOnlyList<SourceFailure> Failures, int Told);
