using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Settings;

namespace Plimsoll.Store.Requests;

/// <summary>An answer that is kept.</summary>
internal sealed record KeptAnswer(int Status, string? Location, string? ContentType, byte[] Body);

/// <summary>What <see cref="IdempotencyStore.Begin"/> found under a key.</summary>
internal enum Found
{
    /// <summary>Nothing: the request is the first, and has to be ended or given up.</summary>
    First,

    /// <summary>The same request is under way.</summary>
    UnderWay,

    /// <summary>The answer of the same request.</summary>
    Answer,

    /// <summary>Another request.</summary>
    Other,
}

/// <summary>Keeps what requests with a key were answered, for all processes: a row is unique by its caller and key.</summary>
internal sealed class IdempotencyStore(IDbContextFactory<PlimsollDb> databases, SecretKeys keys, TimeProvider clock)
{
    /// <summary>How long an answer is kept.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromHours(24);

    /// <summary>A request that began longer ago and has no answer died with its process.</summary>
    static readonly TimeSpan Lost = TimeSpan.FromMinutes(5);

    public async Task<(Found Found, KeptAnswer? Answer)> Begin(string caller, string key, string fingerprint, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        // Begun already, unless it was lost or is older than answers are kept: then it is as if it had never been.
        var (lost, old) = (now - Lost, now - Kept);
        await db.IdempotencyKeys.Where(row => row.Caller == caller && row.Key == key && (row.BegunAt < old || row.Status == 0 && row.BegunAt < lost)).ExecuteDeleteAsync(ct);
        var begun = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO idempotency_keys (caller, key, fingerprint, status, begun_at) VALUES ({caller}, {key}, {fingerprint}, 0, {now.UtcDateTime}) ON CONFLICT (caller, key) DO NOTHING", ct);
        if (begun == 1)
            return (Found.First, null);
        var row = await db.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(one => one.Caller == caller && one.Key == key, ct);
        return row is null or { Status: 0 } ? (Found.UnderWay, null)
            : row.Fingerprint != fingerprint ? (Found.Other, null)
            : (Found.Answer, new KeptAnswer(row.Status, row.Location, row.ContentType, keys.DecryptAnswer(row.Body!)));
    }

    public async Task End(string caller, string key, string fingerprint, KeptAnswer answer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var body = keys.EncryptAnswer(answer.Body);
        await db.IdempotencyKeys.Where(row => row.Caller == caller && row.Key == key && row.Status == 0).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Status, answer.Status).SetProperty(row => row.Fingerprint, fingerprint).SetProperty(row => row.Location, answer.Location)
            .SetProperty(row => row.ContentType, answer.ContentType).SetProperty(row => row.Body, body), ct);
    }

    /// <summary>A request that had no answer worth keeping may be sent again.</summary>
    public async Task GiveUp(string caller, string key, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.IdempotencyKeys.Where(row => row.Caller == caller && row.Key == key && row.Status == 0).ExecuteDeleteAsync(ct);
    }

    /// <summary>Deletes the answers that have been kept long enough.</summary>
    public async Task<int> Sweep(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var old = clock.GetUtcNow() - Kept;
        return await db.IdempotencyKeys.Where(row => row.BegunAt < old).ExecuteDeleteAsync(ct);
    }
}
