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

    /// <summary>What was last found under a name: all of its platforms that were inspected, at whatever time.</summary>
    /// <param name="image">The digest of an image or of an index of images, a reference that was inspected, or the id of an inspection.</param>
    /// <param name="platforms">Those that are asked for, of which some may have been inspected by themselves; empty: all.</param>
    public static async Task<KnownImages> ImagesOf(this PlimsollDb db, string image, IReadOnlyList<string> platforms, CancellationToken ct)
    {
        if (Guid.TryParse(image, out var id))
            return new KnownImages(await db.FoundBy([id], ct), IsWhole: true);
        if (Digest.TryParse(image, null, out _))
            return await db.WithContent(image, Contents.WithAnyOf(image, platforms), ct);
        if (!ImageName.TryParse(image, null, out var name))
            return KnownImages.None;
        var reference = name.ToString();
        var last = await db.Inspections.Where(row => row.Reference == reference && row.State == InspectionState.Succeeded && row.Content != null)
            .OrderByDescending(row => row.FinishedAt).Select(row => row.Content).FirstOrDefaultAsync(ct);
        // A digest is what it is, under whichever name it was inspected.
        return (name.Digest?.Value ?? last?.Split(' ')[0]) is { } digest
            ? await db.WithContent(digest, [.. Contents.WithAnyOf(digest, platforms), .. last is null ? [] : (string[])[last]], ct) : KnownImages.None;
    }

    static async Task<KnownImages> WithContent(this PlimsollDb db, string digest, IReadOnlyList<string> contents, CancellationToken ct)
    {
        if (await db.Images.AsNoTracking().WithDigest(digest).Take(1).ToListAsync(ct) is { Count: > 0 } found)
            return new KnownImages(found, IsWhole: true);
        var inspections = await db.Inspections.Where(row => row.State == InspectionState.Succeeded && contents.Contains(row.Content!)).Select(row => new { row.Id, row.Content }).ToListAsync(ct);
        // An inspection of some platforms says nothing about the others that there are.
        return new KnownImages(await db.FoundBy([.. inspections.Select(row => row.Id)], ct), inspections.Exists(row => row.Content == digest));
    }

    static async Task<IReadOnlyList<ImageRow>> FoundBy(this PlimsollDb db, IReadOnlyList<Guid> inspections, CancellationToken ct) => await db.Images.AsNoTracking()
        .Where(row => db.InspectedImages.Any(found => inspections.Contains(found.InspectionId) && found.ImageDigest == row.Digest)).OrderBy(row => row.Platform).ThenBy(row => row.Digest).ToListAsync(ct);
}

/// <summary>The images behind a name.</summary>
/// <param name="IsWhole">Whether these are all that there are, as far as was seen; if not, some platforms alone were inspected.</param>
internal sealed record KnownImages(IReadOnlyList<ImageRow> Rows, bool IsWhole)
{
    public static KnownImages None { get; } = new([], IsWhole: false);
}
