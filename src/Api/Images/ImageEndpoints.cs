using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Engine.Reports;
using Plimsoll.Store;
using Plimsoll.Store.Images;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Images;

internal static class ImageEndpoints
{
    public static void MapImages(this RouteGroupBuilder v1)
    {
        var images = v1.MapGroup("/images").WithTags("images").RequireScope(Scope.Read);
        images.MapGet("", List);
        images.MapGet("/{digest}", Get);
        images.MapGet("/{digest}/report", Report);
        images.MapGet("/{digest}/layers", (string digest, IDbContextFactory<PlimsollDb> databases, CancellationToken ct, string? cursor = null, int? size = null) =>
            Part(digest, report => report.Layers, databases, cursor, size, ct));
        images.MapGet("/{digest}/packages", (string digest, IDbContextFactory<PlimsollDb> databases, CancellationToken ct, string? cursor = null, int? size = null) =>
            Part(digest, report => report.Packages, databases, cursor, size, ct));
        images.MapGet("/{digest}/findings", (string digest, IDbContextFactory<PlimsollDb> databases, CancellationToken ct, string? cursor = null, int? size = null) =>
            Part(digest, report => report.Findings, databases, cursor, size, ct));
    }

    static async Task<Results<Ok<Page<ImageBody>>, ProblemHttpResult>> List(
        IDbContextFactory<PlimsollDb> databases, CancellationToken ct, string? cursor = null, int? size = null, string? reference = null)
    {
        string? after = null;
        if (cursor is not null && (after = Cursor.Read(cursor)) is null)
            return Problems.BadRequest("the cursor is none of ours");
        var take = Cursor.Size(size);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Images.Where(row => (after == null || string.Compare(row.Digest, after) > 0) && (reference == null || row.Reference == reference)).OrderBy(row => row.Digest).Take(take + 1)
            .Select(row => new ImageBody(row.Digest, row.Reference, row.Platform, row.Size, row.Findings, row.Packages, row.InspectedAt)).ToListAsync(ct);
        return TypedResults.Ok(new Page<ImageBody>([.. rows.Take(take)], rows.Count > take ? Cursor.Write(rows[take - 1].Digest) : null));
    }

    static async Task<Results<Ok<ImageBody>, ProblemHttpResult>> Get(string digest, IDbContextFactory<PlimsollDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Images.WithDigest(digest).Select(row => new ImageBody(row.Digest, row.Reference, row.Platform, row.Size, row.Findings, row.Packages, row.InspectedAt)).FirstOrDefaultAsync(ct)
            is { } body ? TypedResults.Ok(body) : Problems.ImageNotFound(digest);
    }

    static async Task<IResult> Report(string digest, HttpContext http, IDbContextFactory<PlimsollDb> databases, CancellationToken ct)
    {
        if (ReportForm.Wanted(http.Request) is not { } form)
            return Problems.NotAcceptable(ReportForm.Types);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Images.WithDigest(digest).Select(row => row.Report).FirstOrDefaultAsync(ct) is { } packed ? form.Result(packed) : Problems.ImageNotFound(digest);
    }

    static async Task<Results<Ok<Page<T>>, ProblemHttpResult>> Part<T>(
        string digest, Func<ImageReport, IReadOnlyList<T>> part, IDbContextFactory<PlimsollDb> databases, string? cursor, int? size, CancellationToken ct)
    {
        var from = 0;
        if (cursor is not null && (!int.TryParse(Cursor.Read(cursor), out from) || from < 0))
            return Problems.BadRequest("the cursor is none of ours");
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.ReportOf(digest, ct) is not { } report)
            return Problems.ImageNotFound(digest);
        var (all, take) = (part(report), Cursor.Size(size));
        return TypedResults.Ok(new Page<T>([.. all.Skip(from).Take(take)], from + take < all.Count ? Cursor.Write($"{from + take}") : null));
    }
}
