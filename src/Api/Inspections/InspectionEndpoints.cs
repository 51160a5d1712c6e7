using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Api.Requests;
using Plimsoll.Client;
using Plimsoll.Engine.Images;
using Plimsoll.Store;
using Plimsoll.Store.Blobs;
using Plimsoll.Store.Inspections;
using Plimsoll.Store.Settings;
using Plimsoll.Store.Registries;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Inspections;

internal static class InspectionEndpoints
{
    public static void MapInspections(this RouteGroupBuilder v1)
    {
        var inspections = v1.MapGroup("/inspections").WithTags("inspections");
        inspections.MapPost("", Submit).Accepts<InspectionRequestBody>("application/json", "multipart/form-data", "application/x-tar", "application/gzip", "application/zstd", "application/octet-stream")
            .RequireScope(Scope.Submit).DisableRequestTimeout().WithMetadata(new UploadLimit());
        inspections.MapGet("", List).RequireScope(Scope.Read);
        inspections.MapGet("/{id:guid}", Get).RequireScope(Scope.Read);
        inspections.MapGet("/{id:guid}/events", Events).RequireScope(Scope.Read).DisableRequestTimeout();
        inspections.MapDelete("/{id:guid}", Cancel).RequireScope(Scope.Submit);
    }

    static async Task<Results<Accepted<InspectionBody>, Ok<InspectionBody>, ProblemHttpResult>> Submit(
        HttpContext http, Submissions submissions, UploadStore uploads, UploadSlots slots, RegistryAccess registries, Settings settings, IDbContextFactory<PlimsollDb> databases,
        [Microsoft.AspNetCore.Mvc.FromQuery] string[]? platform, CancellationToken ct)
    {
        var isUpload = !http.Request.HasJsonContentType();
        using var slot = isUpload ? slots.Take() : null;
        if (isUpload && slot is null)
            return Problems.TooManyUploads(http);
        http.LimitBody(isUpload ? settings.Limits.UploadBytes : ApiServices.RequestBytes);
        var read = isUpload ? await FromBody(http, uploads, platform ?? [], ct) : await FromJson(http, uploads, registries, ct);
        if (read.Problem is { } problem)
            return problem;
        var row = await submissions.Submit(read.Submission!, ct);
        // One that has ended long ago has its images.
        await using var db = row.FinishedAt is null ? null : await databases.CreateDbContextAsync(ct);
        var body = db is null ? InspectionBodies.Of(row, []) : await db.BodyOf(row.Id, ct) ?? InspectionBodies.Of(row, []);
        http.Response.Headers.Location = $"/v1/inspections/{row.Id}";
        return row.FinishedAt is null ? TypedResults.Accepted($"/v1/inspections/{row.Id}", body) : TypedResults.Ok(body);
    }

    static async Task<(Submission? Submission, ProblemHttpResult? Problem)> FromJson(HttpContext http, UploadStore uploads, RegistryAccess registries, CancellationToken ct)
    {
        InspectionRequestBody? body;
        try
        {
            body = await http.Request.ReadFromJsonAsync<InspectionRequestBody>(ct);
        }
        catch (JsonException e)
        {
            return (null, Problems.BadRequest($"the body is not the JSON that is expected here, near {e.Path ?? "its start"}"));
        }
        if (body is null || body.Image is null == body.Upload is null)
            return (null, Problems.BadRequest("name either an image or an upload"));
        if (PlatformsOf(body.Platforms ?? []) is not { } platforms)
            return (null, Problems.BadRequest("a platform is written os/architecture[/variant], such as linux/arm64"));
        var caller = http.User.CallerName();
        if (body.Upload is { } upload)
            return !Digest.TryParse(upload, null, out _) ? (null, Problems.BadRequest("upload takes a digest, sha256: and 64 hex digits"))
                : await uploads.Has(upload, ct) ? (new Submission(null, upload, platforms, caller), null) : (null, Problems.UploadNotFound(upload));
        if (!ImageName.TryParse(body.Image, null, out var name))
            return (null, Problems.BadRequest("image takes [registry/]repository[:tag][@digest]"));
        if (body.Credentials is { } given && (given.Username is null || given.Password is null))
            return (null, Problems.BadRequest("credentials take a username and a password"));
        var credentials = body.Credentials is { } login ? registries.Seal(login.Username, login.Password) : null;
        return (new Submission(name.ToString(), null, platforms, caller, credentials), null);
    }

    static async Task<(Submission? Submission, ProblemHttpResult? Problem)> FromBody(HttpContext http, UploadStore uploads, string[] platform, CancellationToken ct)
    {
        if (PlatformsOf(platform) is not { } platforms)
            return (null, Problems.BadRequest("a platform is written os/architecture[/variant], such as linux/arm64"));
        if (await UploadBody.Open(http.Request, ct) is not { } body)
            return (null, Problems.BadRequest("the form has no file"));
        var (kind, whole) = await ArchiveKind.Of(body, ct);
        if (!kind)
            return (null, Problems.NotAnImage());
        try
        {
            var stored = await uploads.Receive(whole, ct);
            return (new Submission(null, stored.Digest, platforms, http.User.CallerName()), null);
        }
        catch (BlobStoreFullException e)
        {
            return (null, Problems.StoreFull(e.Message));
        }
    }

    static List<string>? PlatformsOf(IReadOnlyList<string> names)
    {
        var platforms = new List<string>();
        foreach (var name in names)
            if (!Platform.TryParse(name, null, out var platform))
                return null;
            else
                platforms.Add(platform.ToString());
        return platforms.Count <= 32 ? platforms : null;
    }

    static async Task<Results<Ok<InspectionBody>, ProblemHttpResult>> Get(Guid id, IDbContextFactory<PlimsollDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.BodyOf(id, ct) is { } body ? TypedResults.Ok(body) : Problems.InspectionNotFound(id);
    }

    static async Task<Results<Ok<Page<InspectionBody>>, ProblemHttpResult>> List(
        IDbContextFactory<PlimsollDb> databases, CancellationToken ct, string? cursor = null, int? size = null, string? state = null)
    {
        Guid? before = null;
        if (cursor is not null)
        {
            if (!Guid.TryParse(Cursor.Read(cursor), out var id))
                return Problems.BadRequest("the cursor is none of ours");
            before = id;
        }
        InspectionState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<InspectionState>(state, ignoreCase: true, out var parsed) || char.IsAsciiDigit(state[0]))
                return Problems.BadRequest("state takes queued, running, succeeded, failed or cancelled");
            wanted = parsed;
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        return TypedResults.Ok(await db.BodiesBefore(before, wanted, Cursor.Size(size), ct));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Cancel(Guid id, InspectionQueue queue, IDbContextFactory<PlimsollDb> databases, CancellationToken ct)
    {
        if (await queue.Cancel(id, ct))
            return TypedResults.NoContent();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.BodyOf(id, ct) is { } body ? Problems.Ended(body.State) : Problems.InspectionNotFound(id);
    }

    static async Task<Results<ServerSentEventsResult<EventBody>, ProblemHttpResult>> Events(Guid id, InspectionEvents events, IDbContextFactory<PlimsollDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.BodyOf(id, ct) is null ? Problems.InspectionNotFound(id) : TypedResults.ServerSentEvents(events.Of(id, ct));
    }
}
