using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Api.Policies;
using Plimsoll.Client;
using Plimsoll.Store;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Policies;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Verdicts;

internal static class VerdictEndpoints
{
    public static void MapVerdicts(this RouteGroupBuilder v1)
    {
        var verdicts = v1.MapGroup("/verdicts").WithTags("verdicts").RequireScope(Scope.Read);
        verdicts.MapGet("", Get);
        verdicts.MapPost("", Post);
    }

    static async Task<Results<Ok<VerdictBody>, ProblemHttpResult>> Get(
        string image, string policy, IDbContextFactory<PlimsollDb> databases, AdvisoryShelf shelf, PolicyStore policies, TimeProvider clock, CancellationToken ct, string? platforms = null)
    {
        if (await policies.Find(policy, ct) is not { Text: { } text } row)
            return Problems.PolicyNotFound(policy);
        using var advisories = await shelf.Borrow(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return TypedResults.Ok(await db.VerdictOf(image, PolicyEndpoints.Parse(text).Policy!, row.Revision, platforms?.Split(',') ?? [], advisories, clock.GetUtcNow(), ct));
    }

    static async Task<Results<Ok<VerdictBody>, ProblemHttpResult>> Post(VerdictRequestBody body, IDbContextFactory<PlimsollDb> databases, AdvisoryShelf shelf, TimeProvider clock, CancellationToken ct)
    {
        if (body.Image is null || body.Policy is null)
            return Problems.BadRequest("image and policy are needed");
        var reading = PolicyEndpoints.Parse(body.Policy);
        if (reading.Policy is not { } policy)
            return Problems.BadPolicy(reading.Problems);
        using var advisories = await shelf.Borrow(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return TypedResults.Ok(await db.VerdictOf(body.Image, policy, 0, body.Platforms ?? [], advisories, clock.GetUtcNow(), ct));
    }
}
