using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Images;

/// <summary>
/// Reports as they are stored, with the vulnerabilities that their packages have by the advisories of today, with what is stated of these and with the base that is known today;
/// those that were read a moment ago from memory. A report changes with the rules that made it, with the names that its image was inspected by, with the advisories, with the statements
/// and with a base that comes or goes: another process may be behind by <see cref="Fresh"/>.
/// </summary>
internal sealed class ReportReader(IDbContextFactory<PlimsollDb> databases, ReportJudge judge, TimeProvider clock) : IDisposable
{
    public static TimeSpan Fresh { get; } = TimeSpan.FromSeconds(10);

    /// <summary>An eighth of what the process may use, and no more than this.</summary>
    const long MostBytes = 128 << 20;

    /// <summary>What an entry costs beside its bytes.</summary>
    const int Overhead = 512, BytesOfChain = 180;

    readonly MemoryCache _recent = new(new MemoryCacheOptions { SizeLimit = Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8) });

    readonly Func<PlimsollDb, string, CancellationToken, Task<byte[]?>> _byDigest = EF.CompileAsyncQuery(
        (PlimsollDb db, string digest, CancellationToken _) => db.Images.Where(row => row.Digest == digest).Select(row => row.Report).FirstOrDefault());

    /// <param name="digest">Of the image's manifest or configuration.</param>
    /// <returns>Null for an image that was not inspected.</returns>
    public ValueTask<StoredReport?> Find(string digest, CancellationToken ct) =>
        _recent.TryGetValue(digest, out Recent? recent) && clock.GetUtcNow() < recent!.Until && recent.Changes == judge.Changes ? ValueTask.FromResult<StoredReport?>(recent.Report) : Load(digest, ct);

    /// <summary>The image is gone.</summary>
    public void Forget(string digest) => _recent.Remove(digest);

    public void Dispose() => _recent.Dispose();

    async ValueTask<StoredReport?> Load(string digest, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if ((await _byDigest(db, digest, ct) ?? await db.Images.Where(row => row.ConfigDigest == digest).Select(row => row.Report).FirstOrDefaultAsync(ct)) is not { } packed)
            return null;
        var stored = new StoredReport(packed);
        var changes = judge.Changes;
        using var judgement = await judge.Begin(ct);
        var names = await judgement.NamesOf(db, digest, ct);
        var stamp = judgement.Stamp(names);
        var recent = _recent.TryGetValue(digest, out Recent? last) && last!.Stored == stored.Hash ? last : null;
        var read = recent is null ? stored.Read() : null;
        var chains = recent?.Chains ?? KnownBases.ChainsBelow(read!);
        var known = await db.BaseIn(chains, ct);
        // What was judged by the same on the same base is judged no other way today.
        var judged = recent is not null && recent.Stamp == stamp && recent.Base == known ? recent.Report : Judged(stored, read ?? stored.Read(), judgement, names, known);
        _recent.Set(digest, new Recent(judged, stored.Hash, stamp, chains, known, changes, clock.GetUtcNow() + Fresh), new MemoryCacheEntryOptions { Size = judged.Packed.Length + Overhead + BytesOfChain * chains.Count });
        return judged;
    }

    // What neither advisories nor a base add to goes out as it is stored.
    static StoredReport Judged(StoredReport stored, ImageReport read, Judgement judgement, IReadOnlyList<string> names, BaseImage? known)
    {
        if (judgement.Stamp(names) is null && known is null)
            return stored with { Base = read.Base };
        var image = judgement.Judge(known is null ? read : read.WithBase(known), names);
        return new StoredReport(StoredReport.Pack(image)) { Base = image.Base };
    }

    /// <param name="Stored">Tells the report that was judged from others.</param>
    /// <param name="Stamp">Tells what it was judged by from all else; null for nothing.</param>
    /// <param name="Chains">Those by which a base is found.</param>
    /// <param name="Base">The stored one; null where none was.</param>
    /// <param name="Changes">How many changes of this process it has seen.</param>
    sealed record Recent(StoredReport Report, string Stored, string? Stamp, IReadOnlyList<string> Chains, BaseImage? Base, int Changes, DateTimeOffset Until);
}
