using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Api.Inspections;
using Plimsoll.Api.Requests;
using Plimsoll.Client;
using Plimsoll.Client.Vex;
using Plimsoll.Engine.Vex;
using Plimsoll.Store;
using Plimsoll.Store.Tokens;
using Plimsoll.Store.Vex;

namespace Plimsoll.Api.Vex;

/// <summary>What suppliers and teams state of vulnerabilities. It counts when verdicts and reports are asked for, and nothing is inspected again.</summary>
internal static class VexEndpoints
{
    public static void MapVex(this RouteGroupBuilder v1)
    {
        var vex = v1.MapGroup("/vex").WithTags("vex");
        vex.MapGet("", List).RequireScope(Scope.Read).ProducesProblem(400).WithSummary("The VEX documents that there are, in the order of their ids");
        vex.MapPost("", Post).Accepts<byte[]>("application/json", "application/vnd.cyclonedx+json", "application/octet-stream", "multipart/form-data", "application/x-www-form-urlencoded")
            .RequireScope(Scope.Admin).WithMetadata(new UploadLimit { TakesJson = true })
            .ProducesProblem(400).ProducesProblem(409).ProducesProblem(413).ProducesProblem(422).ProducesProblem(429)
            .WithSummary("Takes in an OpenVEX, CSAF or CycloneDX document, in the place of an older state of it");
        vex.MapGet("/{id}", Get).RequireScope(Scope.Read).Produces<byte[]>(200, "application/json").Produces(304).ProducesProblem(404).WithSummary("A document as it was sent");
        vex.MapDelete("/{id}", Delete).RequireScope(Scope.Admin).ProducesProblem(404);
    }

    static async Task<Results<Ok<Page<VexDocumentBody>>, ProblemHttpResult>> List(VexStore documents, CancellationToken ct, string? cursor = null, int? size = null)
    {
        string? after = null;
        if (cursor is not null && (after = Cursor.Read(cursor)) is null)
            return Problems.BadRequest("the cursor is none of ours");
        var take = Cursor.Size(size);
        var rows = await documents.List(after, take + 1, ct);
        return TypedResults.Ok(new Page<VexDocumentBody>([.. rows.Take(take).Select(BodyOf)], rows.Count > take ? Cursor.Write(rows[take - 1].Id) : null));
    }

    static async Task<Results<Ok<VexReceiptBody>, ProblemHttpResult>> Post(HttpContext http, VexStore documents, UploadSlots slots, CancellationToken ct)
    {
        using var slot = slots.Take();
        if (slot is null)
            return Problems.TooManyUploads(http);
        http.LimitBody(VexLimits.Bytes);
        if (await UploadBody.Open(http.Request, ct) is not { } body)
            return Problems.BadRequest("the form has no file");
        using var sent = new MemoryStream();
        await body.CopyToAsync(sent, ct);
        var bytes = sent.GetBuffer().AsMemory(0, (int)sent.Length);
        var reading = VexReader.Read(bytes);
        if (reading.Document is not { } document)
            return Problems.Of(422, "unusable-vex", "The document cannot be taken", $"{reading.Refusal}; nothing was changed");
        var (receipt, entry) = await documents.Put(document, bytes, http.User.CallerName(), ct);
        return receipt == VexReceipt.Older
            ? Problems.Of(409, "vex-not-newer", "A state of the document is there that is as new", $"{OneLine.Of(document.Id)} is there in version {OneLine.Of(entry.Version ?? "none")} of {entry.At:O}; give this one a higher version, or delete the other")
            : TypedResults.Ok(new VexReceiptBody(BodyOf(entry), receipt == VexReceipt.Stored, document.Unusable));
    }

    static async Task<IResult> Get(string id, VexStore documents, CancellationToken ct) =>
        await documents.Find(id, ct) is { } sent ? new Representation(sent, "application/json") : Problems.VexNotFound(id);

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(string id, VexStore documents, CancellationToken ct) =>
        await documents.Delete(id, ct) ? TypedResults.NoContent() : Problems.VexNotFound(id);

    static VexDocumentBody BodyOf(VexEntry row) => new(
        row.Id, row.DocumentId, row.Format, row.Author, row.Version, row.At, row.Statements, row.Unusable, row.Submitter, row.ReceivedAt);
}
