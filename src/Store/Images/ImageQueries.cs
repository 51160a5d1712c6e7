using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Images;

/// <summary>Questions about images that are asked in more than one place.</summary>
internal static class ImageQueries
{
    /// <summary>The image with this manifest or config digest.</summary>
    public static IQueryable<ImageRow> WithDigest(this IQueryable<ImageRow> images, string digest) =>
        images.Where(row => row.Digest == digest || row.ConfigDigest == digest).OrderBy(row => row.Digest == digest ? 0 : 1);

    /// <summary>Null for an image that was not inspected.</summary>
    public static async Task<ImageReport?> ReportOf(this PlimsollDb db, string digest, CancellationToken ct) =>
        await db.Images.WithDigest(digest).Select(row => row.Report).FirstOrDefaultAsync(ct) is { } packed ? new StoredReport(packed).Read() : null;

    /// <summary>All platforms of what was last found under a name.</summary>
    /// <param name="image">The digest of an image or of an index of images, a reference that was inspected, or the id of an inspection.</param>
    public static async Task<IReadOnlyList<ImageRow>> ImagesOf(this PlimsollDb db, string image, CancellationToken ct)
    {
        if (Guid.TryParse(image, out var id))
            return await db.FoundBy(id, ct);
        if (Digest.TryParse(image, null, out _))
            return await db.WithContent(image, ct);
        if (!ImageName.TryParse(image, null, out var name))
            return [];
        // A digest is what it is, under whichever name it was inspected.
        if (name.Digest is { } digest && await db.WithContent(digest.Value, ct) is { Count: > 0 } known)
            return known;
        var reference = name.ToString();
        return await db.FoundBy(db.Inspections.Where(row => row.Reference == reference), ct);
    }

    static async Task<IReadOnlyList<ImageRow>> WithContent(this PlimsollDb db, string digest, CancellationToken ct) =>
        await db.Images.AsNoTracking().WithDigest(digest).Take(1).ToListAsync(ct) is { Count: > 0 } found ? found
            : await db.FoundBy(db.Inspections.Where(row => row.Content == digest), ct);

    static async Task<IReadOnlyList<ImageRow>> FoundBy(this PlimsollDb db, IQueryable<InspectionRow> inspections, CancellationToken ct) =>
        await inspections.Where(row => row.State == InspectionState.Succeeded).OrderByDescending(row => row.FinishedAt).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(ct) is { } last
            ? await db.FoundBy(last, ct) : [];

    static async Task<IReadOnlyList<ImageRow>> FoundBy(this PlimsollDb db, Guid inspection, CancellationToken ct) => await db.Images.AsNoTracking()
        .Where(row => db.InspectedImages.Any(found => found.InspectionId == inspection && found.ImageDigest == row.Digest)).OrderBy(row => row.Platform).ThenBy(row => row.Digest).ToListAsync(ct);
}
