using System.Text;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Store;
using Plimsoll.Store.Images;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Comparisons;

/// <summary>What changed from one stored image to another.</summary>
internal static class ComparisonEndpoints
{
    const int UsualFiles = 1_000;
    const int MostFiles = 100_000;

    static readonly Format<Comparison>[] Forms =
    [
        new("json", "application/json", JsonFormat.Write),
        new("markdown", "text/markdown; charset=utf-8", Markdown, "text/markdown"),
    ];

    public static void MapComparisons(this RouteGroupBuilder v1) => v1.MapGet("/compare", Compare).WithTags("images").RequireScope(Scope.Read)
        .Produces<Comparison>(200, "application/json", [.. Forms.Skip(1).Select(form => form.Type)]).Produces(304)
        .ProducesProblem(400).ProducesProblem(404).ProducesProblem(406).ProducesProblem(422)
        .WithSummary("What changed from one image to another: size, layers, files, findings, secrets, packages");

    /// <param name="base">A digest, a reference that was inspected, or the id of an inspection.</param>
    /// <param name="head">The same.</param>
    /// <param name="platform">Which platform, of images that have several.</param>
    /// <param name="files">How many of the changed files are listed, those with the most bytes first.</param>
    static async Task<IResult> Compare(
        string @base, string head, HttpContext http, IDbContextFactory<PlimsollDb> databases, ImageFiles trees, CancellationToken ct,
        string? platform = null, int? files = null, string? format = null)
    {
        if (Forms.Wanted(format, http.Request) is not { } form)
            return Problems.NotAcceptable(Forms.Names());
        await using var db = await databases.CreateDbContextAsync(ct);
        IReadOnlyList<string> asked = platform is null ? [] : [platform];
        var (before, after) = ((await db.ImagesOf(@base, asked, ct)).Rows, (await db.ImagesOf(head, asked, ct)).Rows);
        if (before.Count == 0 || after.Count == 0)
            return Problems.ImageNotFound(before.Count == 0 ? @base : head);
        var pairs = before.Join(after, row => row.Platform, row => row.Platform, (one, other) => (Before: one, After: other)).Where(pair => platform is null || pair.Before.Platform == platform).ToList();
        // Two images of one platform each may be compared whatever their platforms.
        if (pairs.Count == 0 && platform is null && before.Count == 1 && after.Count == 1)
            pairs = [(before[0], after[0])];
        if (pairs is not [var (old, now)])
            return Problems.PlatformNeeded(before.Select(row => row.Platform).Intersect(after.Select(row => row.Platform)));
        var comparison = await Of(new StoredReport(old.Report).Read(), new StoredReport(now.Report).Read(), trees, ct);
        using var bytes = new MemoryStream();
        form.Write(comparison.WithFiles(Math.Clamp(files ?? UsualFiles, 0, MostFiles)), bytes);
        return new Representation(bytes.ToArray(), form.Type);
    }

    static async Task<Comparison> Of(ImageReport before, ImageReport after, ImageFiles trees, CancellationToken ct)
    {
        var beforeTree = await trees.Tree(Layers(before), ct);
        var afterTree = beforeTree is null ? null : await trees.Tree(Layers(after), ct);
        return Comparison.Of(before, beforeTree, after, afterTree);
    }

    static IReadOnlyList<Digest> Layers(ImageReport report) => [.. report.Layers.Select(layer => layer.DiffId)];

    static void Markdown(Comparison comparison, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        ComparisonMarkdown.Write(comparison, text);
    }
}
