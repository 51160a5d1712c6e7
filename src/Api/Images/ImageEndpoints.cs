using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Store;
using Plimsoll.Store.Images;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Images;

internal static class ImageEndpoints
{
    public static void MapImages(this RouteGroupBuilder v1)
    {
        var images = v1.MapGroup("/images").WithTags("images");
        images.MapGet("", List).RequireScope(Scope.Read).ProducesProblem(400).WithSummary("Known images in the order of their digests");
        images.MapGet("/{digest}", Get).RequireScope(Scope.Read).ProducesProblem(404);
        images.MapDelete("/{digest}", Delete).RequireScope(Scope.Admin).ProducesProblem(404).WithSummary("Forgets an image and its report");
        var parts = images.MapGroup("").RequireScope(Scope.Read);
        parts.MapReport();
        parts.MapParts();
        parts.MapFiles();
    }

    /// <param name="reference">A name that the image was found by, in full.</param>
    /// <param name="platform">Such as <c>linux/arm64</c>.</param>
    /// <param name="package">The name of a package that the image has, or its package URL.</param>
    static async Task<Results<Ok<Page<ImageBody>>, ProblemHttpResult>> List(
        IDbContextFactory<PlimsollDb> databases, CancellationToken ct, string? cursor = null, int? size = null, string? reference = null, string? platform = null, string? package = null)
    {
        string? after = null;
        if (cursor is not null && (after = Cursor.Read(cursor)) is null)
            return Problems.BadRequest("the cursor is none of ours");
        var take = Cursor.Size(size);
        await using var db = await databases.CreateDbContextAsync(ct);
        IQueryable<ImageRow> images = db.Images;
        if (after is not null)
            images = images.Where(row => string.Compare(row.Digest, after) > 0);
        if (reference is not null)
            images = images.Where(row => row.Reference == reference
                || db.InspectedImages.Any(found => found.ImageDigest == row.Digest && db.Inspections.Any(one => one.Id == found.InspectionId && one.Reference == reference)));
        if (platform is not null)
            images = images.Where(row => row.Platform == platform);
        if (package is not null)
            images = images.Where(row => db.ImagePackages.Any(has => has.ImageNumber == row.Number
                && db.Packages.Any(one => one.Id == has.PackageId && (one.Name == package || one.Purl == package))));
        var rows = await images.OrderBy(row => row.Digest).Take(take + 1)
            .Select(row => new ImageBody(row.Digest, row.Reference, row.Platform, row.Size, row.Findings, row.Packages, row.InspectedAt, null)).ToListAsync(ct);
        return TypedResults.Ok(new Page<ImageBody>([.. rows.Take(take)], rows.Count > take ? Cursor.Write(rows[take - 1].Digest) : null));
    }

    static async Task<Results<Ok<ImageBody>, ProblemHttpResult>> Get(string digest, IDbContextFactory<PlimsollDb> databases, ReportReader reports, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Images.WithDigest(digest).Select(row => new ImageBody(row.Digest, row.Reference, row.Platform, row.Size, row.Findings, row.Packages, row.InspectedAt, null)).FirstOrDefaultAsync(ct)
            is { } body ? TypedResults.Ok(body with { Base = (await reports.Find(body.Digest, ct))?.Base }) : Problems.ImageNotFound(digest);
    }

    // Its layers stay: other images may have them, and the sweep takes those that were not used for long.
    static async Task<Results<NoContent, ProblemHttpResult>> Delete(string digest, IDbContextFactory<PlimsollDb> databases, ReportReader reports, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Images.AsNoTracking().WithDigest(digest).Select(row => new { row.Digest, row.ConfigDigest }).FirstOrDefaultAsync(ct) is not { } image)
            return Problems.ImageNotFound(digest);
        await db.Images.Where(row => row.Digest == image.Digest).ExecuteDeleteAsync(ct);
        reports.Forget(image.Digest);
        reports.Forget(image.ConfigDigest);
        return TypedResults.NoContent();
    }
}
