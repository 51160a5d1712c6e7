using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Store;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Advisories;

/// <summary>The advisories as OSV's bulk export is laid out, so that another Plimsoll, or a command line, can have them from here.</summary>
internal static class ExportEndpoints
{
    public static void MapAdvisoryExport(this RouteGroupBuilder v1)
    {
        var export = v1.MapGroup("/advisories/export").WithTags("advisories");
        export.RequireScope(Scope.Read).DisableRequestTimeout();
        export.MapGet("/ecosystems.txt", Ecosystems).Produces<string>(200, "text/plain").WithSummary("The ecosystems that there are advisories of, a name on each line");
        export.MapGet("/{ecosystem}/all.zip", Zip).Produces<byte[]>(200, "application/zip").Produces(304).ProducesProblem(404).WithSummary("The advisories of an ecosystem, each as a JSON file");
        export.MapGet("/{ecosystem}/modified_id.csv", Modified).Produces<string>(200, "text/csv").Produces(304).ProducesProblem(404).WithSummary("When each of them was modified, and its id");
        export.MapGet("/{ecosystem}/{id}.json", Record).Produces<byte[]>(200, "application/json").ProducesProblem(404).WithSummary("One of them");
    }

    static async Task<IResult> Ecosystems(AdvisoryShelf shelf, CancellationToken ct)
    {
        using var library = await shelf.Borrow(ct);
        return Results.Text(library is null ? "" : ExportWriter.Ecosystems(library.Library), "text/plain");
    }

    static Task<IResult> Zip(string ecosystem, HttpContext http, AdvisoryShelf shelf, CancellationToken ct) => Written(ecosystem, "application/zip", ExportWriter.Zip, http, shelf, ct);

    static Task<IResult> Modified(string ecosystem, HttpContext http, AdvisoryShelf shelf, CancellationToken ct) => Written(ecosystem, "text/csv", ExportWriter.Modified, http, shelf, ct);

    static async Task<IResult> Record(string ecosystem, string id, AdvisoryShelf shelf, CancellationToken ct)
    {
        using var library = await shelf.Borrow(ct);
        return library?.Library.Find(id).FirstOrDefault(advisory => advisory.Id == id) is { } found ? Results.Bytes(AdvisoryWriter.Write(found), "application/json") : NotKnown($"a record {id} of {ecosystem}");
    }

    static async Task<IResult> Written(string ecosystem, string type, Func<AdvisoryLibrary, string, Stream, CancellationToken, Task> write, HttpContext http, AdvisoryShelf shelf, CancellationToken ct)
    {
        using var library = await shelf.Borrow(ct);
        if (library?.Sources.FirstOrDefault(one => one.Kind == SourceKind.Advisories && one.Name == ecosystem) is not { } source)
            return NotKnown($"advisories of {ecosystem}");
        http.Response.Headers[MirrorAnswer.AsOfHeader] = source.Provenance.AsOf.ToString("r", CultureInfo.InvariantCulture);
        // A source that another import did not touch is the same bytes as before.
        if (Representation.IsKnown(http, string.Create(CultureInfo.InvariantCulture, $"{source.Records}-{source.Newest?.UtcTicks}-{source.Provenance.Brought.UtcTicks}"), "Accept"))
            return Results.Empty;
        http.Response.ContentType = type;
        await write(library.Library, ecosystem, http.Response.Body, ct);
        return Results.Empty;
    }

    static ProblemHttpResult NotKnown(string what) => Problems.Of(404, "advisories-not-known", "There are no such advisories", $"the service does not have {OneLine.Of(what)}");
}
