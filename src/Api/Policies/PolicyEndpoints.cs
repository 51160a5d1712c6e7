using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Gates;
using Plimsoll.Store;
using Plimsoll.Store.Images;
using Plimsoll.Store.Policies;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Policies;

internal static class PolicyEndpoints
{
    public static void MapPolicies(this RouteGroupBuilder v1)
    {
        var policies = v1.MapGroup("/policies").WithTags("policies");
        policies.MapGet("", List).RequireScope(Scope.Read);
        policies.MapGet("/{name}", Get).RequireScope(Scope.Read);
        policies.MapPut("/{name}", Put).RequireScope(Scope.Admin).Accepts<string>("application/yaml", "application/json");
        policies.MapDelete("/{name}", Delete).RequireScope(Scope.Admin);
        policies.MapPost("/{name}/check", Check).RequireScope(Scope.Read);
    }

    static readonly HashSet<string> Checks = [.. CheckCatalogue.All.Select(check => check.Id)];

    public static PolicyReading Parse(string text) => PolicyReader.Read(text, Checks);

    static async Task<Ok<Page<PolicyBody>>> List(PolicyStore policies, CancellationToken ct) =>
        TypedResults.Ok(new Page<PolicyBody>([.. (await policies.List(ct)).Select(BodyOf)], null));

    static async Task<Results<Ok<PolicyBody>, ProblemHttpResult>> Get(string name, PolicyStore policies, CancellationToken ct) =>
        await policies.Find(name, ct) is { } row ? TypedResults.Ok(BodyOf(row)) : Problems.PolicyNotFound(name);

    static async Task<Results<Ok<PolicyBody>, ProblemHttpResult>> Put(string name, HttpContext http, PolicyStore policies, CancellationToken ct)
    {
        using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, throwOnInvalidBytes: false));
        var text = await reader.ReadToEndAsync(ct);
        var reading = Parse(text);
        if (reading.Policy is not { } policy)
            return Problems.BadPolicy(reading.Problems);
        if (policy.Name != name)
            return Problems.BadPolicy([new PolicyProblem(1, 1, $"the policy says that its name is '{policy.Name}', but it is put at '{name}'")]);
        return TypedResults.Ok(BodyOf(await policies.Put(name, text, http.User.CallerName(), ct)));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(string name, HttpContext http, PolicyStore policies, CancellationToken ct) =>
        await policies.Delete(name, http.User.CallerName(), ct) ? TypedResults.NoContent() : Problems.PolicyNotFound(name);

    static async Task<Results<Ok<Verdict>, ProblemHttpResult>> Check(string name, string image, PolicyStore policies, IDbContextFactory<PlimsollDb> databases, TimeProvider clock, CancellationToken ct)
    {
        if (await policies.Find(name, ct) is not { Text: { } text })
            return Problems.PolicyNotFound(name);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.ReportOf(image, ct) is { } report ? TypedResults.Ok(Gate.Decide(report, Parse(text).Policy!, clock.GetUtcNow())) : Problems.ImageNotFound(image);
    }

    static PolicyBody BodyOf(PolicyRow row) => new(row.Name, row.Revision, row.Author, row.CreatedAt, row.Text!);
}
