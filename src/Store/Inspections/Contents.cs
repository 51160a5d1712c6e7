using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Images;

namespace Plimsoll.Store.Inspections;

/// <summary>
/// What references point at. The same content is inspected once, whatever the names that it was submitted by and in whatever process: a content
/// that is known answers from the store; of two that are asked for at once, one is inspected and the other waits for it in the queue.
/// </summary>
internal sealed class Contents(IDbContextFactory<PlimsollDb> databases, InspectionQueue queue, TimeProvider clock)
{
    /// <summary>A digest and the platforms that are wanted of it.</summary>
    public static string Of(Digest digest, string? platforms) => $"{digest} {platforms}".TrimEnd();

    /// <summary>What may have been inspected of a digest for these platforms: all of it, these together, or each by itself.</summary>
    public static IReadOnlyList<string> WithAnyOf(string digest, IReadOnlyList<string> platforms) =>
        [digest, .. platforms.Append(string.Join(',', platforms.Order(StringComparer.Ordinal))).Distinct().Select(list => $"{digest} {list}".TrimEnd())];

    /// <summary>Whether the content is left for this lease to inspect. If not, the lease has ended: with what is known, or back into the queue.</summary>
    public async Task<bool> IsLeftTo(Lease lease, string content, CancellationToken ct) =>
        // In this order: whoever holds the content alone has seen the end of all who held it before.
        await Claim(lease, content, ct) && !await Answer(lease, content, ct);

    /// <summary>Lets those go on that wait for what this inspection was about.</summary>
    public async Task Release(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Inspections.Where(row => row.Id == id && row.State != InspectionState.Running).Select(row => row.Content).SingleOrDefaultAsync(ct) is { } content)
            await Release(db, content, ct);
    }

    // An index lets no two running inspections have one content. False too when the lease was lost.
    async Task<bool> Claim(Lease lease, string content, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        try
        {
            return await db.HeldBy(lease).ExecuteUpdateAsync(set => set.SetProperty(row => row.Content, content), ct) == 1;
        }
        catch (DbException e) when (e.IsDuplicate())
        {
            await Await(db, lease, content, ct);
            return false;
        }
    }

    // Back into the queue; the attempt does not count. Should the one that inspects die, its lease has ended by the time that this one is taken again.
    async Task Await(PlimsollDb db, Lease lease, string content, CancellationToken ct)
    {
        var at = clock.GetUtcNow() + queue.LeaseTime;
        await db.HeldBy(lease).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Queued).SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.AvailableAt, at).SetProperty(row => row.Awaits, content).SetProperty(row => row.Attempts, row => row.Attempts - 1), ct);
        // The other one may have ended just before it could see that somebody waits.
        if (!await db.Inspections.AnyAsync(row => row.Content == content && row.State == InspectionState.Running, ct))
            await Release(db, content, ct);
    }

    async Task Release(PlimsollDb db, string content, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Inspections.Where(row => row.Awaits == content && row.State == InspectionState.Queued).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.AvailableAt, now).SetProperty(row => row.Awaits, (string?)null), ct);
    }

    async Task<bool> Answer(Lease lease, string content, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Inspections.AsNoTracking().Where(row => row.Content == content && row.State == InspectionState.Succeeded).Whole(db)
            .OrderByDescending(row => row.FinishedAt).FirstOrDefaultAsync(ct);
        try
        {
            return known is not null && await queue.Complete(lease, (store, _, token) => Copy(store, known, lease.Id, token), ct);
        }
        catch (DbUpdateException e) when (e.IsOrphan())
        {
            // One of its images was deleted just now.
            return false;
        }
    }

    static async Task Copy(PlimsollDb db, InspectionRow from, Guid to, CancellationToken ct)
    {
        var images = await db.InspectedImages.AsNoTracking().Where(found => found.InspectionId == from.Id).ToListAsync(ct);
        db.InspectedImages.AddRange(images.Select(found => new InspectedImageRow { InspectionId = to, ImageDigest = found.ImageDigest, Number = found.Number }));
        await db.SaveChangesAsync(ct);
        await db.Inspections.Where(row => row.Id == to).ExecuteUpdateAsync(set => set.SetProperty(row => row.Found, from.Found), ct);
    }
}
