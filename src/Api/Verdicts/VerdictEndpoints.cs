using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Api.Policies;
using Plimsoll.Client;
using Plimsoll.Store;
using Plimsoll.Store.Images;
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
        string image, string policy, IDbContextFactory<PlimsollDb> databases, ReportJudge judge, PolicyStore policies, CancellationToken ct, string? platforms = null)
    {
        if (await policies.Find(policy, ct) is not { Text: { } text } row)
            return Problems.PolicyNotFound(policy);
        using var judgement = await judge.Begin(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return TypedResults.Ok(await db.VerdictOf(image, PolicyEndpoints.Parse(text).Policy!, row.Revision, platforms?.Split(',') ?? [], judgement, ct));
    }

    static async Task<Results<Ok<VerdictBody>, ProblemHttpResult>> Post(VerdictRequestBody body, IDbContextFactory<PlimsollDb> databases, ReportJudge judge, CancellationToken ct)
    {
        if (body.Image is null || body.Policy is null)
            return Problems.BadRequest("image and policy are needed");
        var reading = PolicyEndpoints.Parse(body.Policy);
        if (reading.Policy is not { } policy)
            return Problems.BadPolicy(reading.Problems);
        using var judgement = await judge.Begin(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return TypedResults.Ok(await db.VerdictOf(body.Image, policy, 0, body.Platforms ?? [], judgement, ct));
    }
}
