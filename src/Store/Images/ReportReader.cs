using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Plimsoll.Store.Images;

/// <summary>
/// Reports as they are stored, those that were read a moment ago from memory. A report changes with the rules that made it or with the name that
/// its image was last inspected by: another process may be behind by <see cref="Fresh"/>.
/// </summary>
internal sealed class ReportReader(IDbContextFactory<PlimsollDb> databases, TimeProvider clock) : IDisposable
{
    public static TimeSpan Fresh { get; } = TimeSpan.FromSeconds(10);

    /// <summary>An eighth of what the process may use, and no more than this.</summary>
    const long MostBytes = 128 << 20;

    /// <summary>What an entry costs beside its bytes.</summary>
    const int Overhead = 512;

    readonly MemoryCache _recent = new(new MemoryCacheOptions { SizeLimit = Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8) });

    readonly Func<PlimsollDb, string, CancellationToken, Task<byte[]?>> _byDigest = EF.CompileAsyncQuery(
        (PlimsollDb db, string digest, CancellationToken _) => db.Images.Where(row => row.Digest == digest).Select(row => row.Report).FirstOrDefault());

    /// <param name="digest">Of the image's manifest or configuration.</param>
    /// <returns>Null for an image that was not inspected.</returns>
    public ValueTask<StoredReport?> Find(string digest, CancellationToken ct) =>
        _recent.TryGetValue(digest, out Recent? recent) && clock.GetUtcNow() < recent!.Until ? ValueTask.FromResult<StoredReport?>(recent.Report) : Load(digest, ct);

    /// <summary>The image is gone.</summary>
    public void Forget(string digest) => _recent.Remove(digest);

    public void Dispose() => _recent.Dispose();

    async ValueTask<StoredReport?> Load(string digest, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if ((await _byDigest(db, digest, ct) ?? await db.Images.Where(row => row.ConfigDigest == digest).Select(row => row.Report).FirstOrDefaultAsync(ct)) is not { } packed)
            return null;
        var report = new StoredReport(packed);
        _recent.Set(digest, new Recent(report, clock.GetUtcNow() + Fresh), new MemoryCacheEntryOptions { Size = packed.Length + Overhead });
        return report;
    }

    sealed record Recent(StoredReport Report, DateTimeOffset Until);
}
