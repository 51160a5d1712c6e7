using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Engine.Files;
using Plimsoll.Store.Images;

namespace Plimsoll.Api.Images;

/// <summary>The files of an image: what a container sees, what a layer did, or what cannot be seen and still costs bytes.</summary>
internal static class FileEndpoints
{
    static readonly string Types = string.Join(", ", Enum.GetValues<EntryType>().Select(Word));

    public static void MapFiles(this RouteGroupBuilder images) => images.MapGet("/{digest}/files", List).ProducesProblem(400).ProducesProblem(404)
        .WithSummary("Files in the order of their paths, or the largest first");

    /// <param name="layer">What this layer did, 0 for the lowest; null: what a container sees.</param>
    /// <param name="path">A file, or a directory with all below it.</param>
    /// <param name="type">Such as <c>file</c> or <c>directory</c>.</param>
    /// <param name="wasted">Instead, the files that were overwritten or deleted, of the layer or of all.</param>
    /// <param name="sort"><c>path</c> or <c>size</c>.</param>
    static async Task<Results<Ok<Page<FileBody>>, ProblemHttpResult>> List(
        string digest, ReportReader reports, ImageFiles files, CancellationToken ct,
        int? layer = null, string? path = null, string? type = null, bool? wasted = null, string? sort = null, string? cursor = null, int? size = null)
    {
        EntryType? wanted = null;
        if (type is not null && (wanted = TypeOf(type)) is null)
            return Problems.BadRequest($"type takes {Types}");
        if (sort is not (null or "path" or "size"))
            return Problems.BadRequest("sort takes path or size");
        if (await reports.Find(digest, ct) is not { } stored)
            return Problems.ImageNotFound(digest);
        var layers = stored.Read().Layers;
        if (layer < 0 || layer >= layers.Count)
            return Problems.BadRequest($"the layers of the image go from 0 to {layers.Count - 1}");
        if (await files.List([.. layers.Select(one => one.DiffId)], new FileQuestion(layer, wasted is true), ct) is not { } listing)
            return Problems.FilesNotKept(digest, ImageFiles.MostEntries);
        var chosen = listing.Where(line => (wanted is null || line.Entry.Type == wanted) && PartEndpoints.IsUnder(line.Path, path));
        return Paging.Of(sort is "size" ? chosen.OrderByDescending(line => line.Entry.Size) : chosen, BodyOf, cursor, size);
    }

    static FileBody BodyOf(FileLine line) => new(
        line.Path, line.Change is FileChangeKind.None ? null : Word(line.Change), Word(line.Entry.Type), Convert.ToString((int)line.Entry.Mode, 8).PadLeft(4, '0'),
        line.Entry.Uid, line.Entry.Gid, line.Entry.Size, line.Layer, Moment(line.Entry.ModifiedAt), line.Entry.LinkTarget is { Length: > 0 } target ? target : null,
        line.HiddenBy, line.How is { } how ? Word(how) : null);

    static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    static EntryType? TypeOf(string word) => Enum.GetValues<EntryType>().Where(type => Word(type) == word).Select(type => (EntryType?)type).FirstOrDefault();

    // A tar may say any number of seconds.
    static DateTimeOffset Moment(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}
