using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine;
using Plimsoll.Engine.Images;

namespace Plimsoll.Store.Inspections;

/// <summary>
/// What references point at. The same content is inspected once, whatever the names that it was submitted by and in whatever process: a content
/// that is known answers from the store; of two that are asked for at once, one is inspected and the other waits for it in the queue.
/// </summary>
internal sealed class Contents(IDbContextFactory<PlimsollDb> databases, InspectionQueue queue)
{
    /// <summary>A digest and the platforms that are wanted of it.</summary>
    public static string Of(Digest digest, string? platforms) => $"{digest} {platforms}".TrimEnd();

    /// <summary>Whether the content is left for this lease to inspect. If not, the lease has ended: with what is known, or back into the queue.</summary>
    public async Task<bool> IsLeftTo(Lease lease, string content, CancellationToken ct) =>
        // In this order: whoever holds the content alone has seen the end of all who held it before.
        await queue.Claim(lease, content, ct) && !await Answer(lease, content, ct);

    async Task<bool> Answer(Lease lease, string content, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Inspections.AsNoTracking().Where(row => row.Content == content && row.State == InspectionState.Succeeded).Whole(db)
            .OrderByDescending(row => row.FinishedAt).FirstOrDefaultAsync(ct);
        return known is not null && await queue.Complete(lease, (store, _, token) => Copy(store, known, lease.Id, token), ct);
    }

    // An image that is deleted meanwhile makes it fail, and the inspection is tried again.
    static async Task Copy(PlimsollDb db, InspectionRow from, Guid to, CancellationToken ct)
    {
        var images = await db.InspectedImages.AsNoTracking().Where(found => found.InspectionId == from.Id).ToListAsync(ct);
        db.InspectedImages.AddRange(images.Select(found => new InspectedImageRow { InspectionId = to, ImageDigest = found.ImageDigest, Number = found.Number }));
        await db.SaveChangesAsync(ct);
        await db.Inspections.Where(row => row.Id == to).ExecuteUpdateAsync(set => set.SetProperty(row => row.Found, from.Found), ct);
    }
}

internal static class WholeInspections
{
    /// <summary>Those whose images are all there still, with reports of the current rules.</summary>
    public static IQueryable<InspectionRow> Whole(this IQueryable<InspectionRow> inspections, PlimsollDb db) => inspections.Where(row => row.Found > 0
        && row.Found == db.InspectedImages.Count(found => found.InspectionId == row.Id && db.Images.Any(image => image.Digest == found.ImageDigest && image.Revision == Rules.Revision)));
}
