using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Images;

/// <summary>Questions about images that are asked in more than one place.</summary>
internal static class ImageQueries
{
    /// <summary>The image with this manifest or config digest.</summary>
    public static IQueryable<ImageRow> WithDigest(this IQueryable<ImageRow> images, string digest) =>
        images.Where(row => row.Digest == digest || row.ConfigDigest == digest).OrderBy(row => row.Digest == digest ? 0 : 1);

    /// <summary>Null for an image that was not inspected.</summary>
    public static async Task<ImageReport?> ReportOf(this PlimsollDb db, string digest, CancellationToken ct) =>
        await db.Images.WithDigest(digest).Select(row => row.Report).FirstOrDefaultAsync(ct) is { } packed ? ReportBytes.Unpack(packed) : null;
}
