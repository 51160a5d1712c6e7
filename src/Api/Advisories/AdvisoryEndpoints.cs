using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Plimsoll.Api.Http;
using Plimsoll.Api.Inspections;
using Plimsoll.Api.Requests;
using Plimsoll.Client.Advisories;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Store;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Settings;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Advisories;

internal static class AdvisoryEndpoints
{
    const int EcosystemLength = 100;

    public static void MapAdvisories(this RouteGroupBuilder v1)
    {
        var advisories = v1.MapGroup("/advisories").WithTags("advisories");
        advisories.MapGet("", Get).RequireScope(Scope.Read).WithSummary("The advisories that there are, by source, and how the last try to bring each fared");
        // The last is what curl calls all that it is told to send with --data-binary.
        advisories.MapPost("", Import).Accepts<byte[]>("application/zip", "application/json", "text/csv", "application/gzip", "application/octet-stream", "multipart/form-data", "application/x-www-form-urlencoded")
            .RequireScope(Scope.Admin).DisableRequestTimeout().WithMetadata(new UploadLimit { TakesJson = true })
            .ProducesProblem(400).ProducesProblem(409).ProducesProblem(413).ProducesProblem(422).ProducesProblem(429)
            .WithSummary("Takes in a zip of OSV records, CISA's catalogue (KEV) or FIRST's scores (EPSS), and matches all images again");
    }

    static async Task<Ok<AdvisoriesBody>> Get(IDbContextFactory<PlimsollDb> databases, AdvisoryShelf shelf, CancellationToken ct)
    {
        using var library = await shelf.Borrow(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return TypedResults.Ok(await db.AdvisoriesOf(library, ct));
    }

    /// <param name="ecosystem">Whose export the zip is, such as <c>Debian</c>; else each record says which ecosystems it is of.</param>
    /// <param name="replace">Also where more than a tenth of a source's records would vanish.</param>
    static async Task<Results<Ok<AdvisoryImportBody>, ProblemHttpResult>> Import(
        HttpContext http, AdvisoryImport import, UploadSlots slots, Settings settings, TimeProvider clock, CancellationToken ct, string? ecosystem = null, bool? replace = null)
    {
        using var slot = slots.Take();
        if (slot is null)
            return Problems.TooManyUploads(http);
        if (ecosystem is not null && (ecosystem.Length is 0 or > EcosystemLength || ecosystem.Any(c => c is < ' ' or > '~' or ':' or '/')))
            return Problems.BadRequest("ecosystem takes a name of OSV without a release, such as Debian");
        http.LimitBody(settings.Limits.UploadBytes);
        if (await UploadBody.Open(http.Request, ct) is not { } body)
            return Problems.BadRequest("the form has no file");
        await using var upload = await AdvisoryUpload.Receive(body, ecosystem, ProvenanceOf(http, clock.GetUtcNow()), ct);
        try
        {
            var result = await import.Run(upload.Bring, replace is true, wholly: true, ct);
            return result.Failures.Count > 0 ? Vanishing(result.Failures) : TypedResults.Ok(AdvisoryBodies.Of(result));
        }
        catch (Exception e) when (e is AdvisorySourceException or InvalidDataException)
        {
            return Problems.Of(422, "unusable-advisories", "The file cannot be taken", $"{e.Message}; nothing was changed");
        }
    }

    // As old as its sender says: what was carried here is no younger than where it is from.
    static Provenance ProvenanceOf(HttpContext http, DateTimeOffset now)
    {
        var asOf = HeaderUtilities.TryParseDate(http.Request.Headers.LastModified.ToString(), out var modified) && modified < now ? modified : now;
        return new Provenance(now, asOf, $"upload by {http.User.CallerName()}");
    }

    static ProblemHttpResult Vanishing(IReadOnlyList<SourceFailure> losses) => Problems.Of(409, "advisories-vanish", "Too many records would vanish",
        $"{string.Join("; ", losses.Select(loss => $"{loss.Source}: {loss.Reason}"))}; nothing was changed; where that is right, send it again with ?replace=true");
}
