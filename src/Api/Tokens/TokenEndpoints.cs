using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Tokens;

internal static class TokenEndpoints
{
    public static void MapTokens(this RouteGroupBuilder v1)
    {
        var tokens = v1.MapGroup("/tokens").WithTags("tokens").RequireScope(Scope.Admin);
        tokens.MapGet("", List);
        tokens.MapPost("", Create);
        tokens.MapDelete("/{id:guid}", Delete);
    }

    static async Task<Ok<Page<TokenBody>>> List(TokenStore tokens, CancellationToken ct) =>
        TypedResults.Ok(new Page<TokenBody>([.. (await tokens.List(ct)).Select(row => new TokenBody(row.Id, row.Name, Scopes.Word(row.Scope), row.CreatedAt, row.ExpiresAt, row.LastUsedAt))], null));

    static async Task<Results<Created<MadeTokenBody>, ProblemHttpResult>> Create(NewTokenBody body, TokenStore tokens, CancellationToken ct)
    {
        if (body.Name is not { Length: > 0 and <= 100 } || body.Name.Any(char.IsControl) || body.Name is "admin" or "operator" or "local")
            return Problems.BadRequest("name takes 1 to 100 characters, and is not admin, operator or local");
        if (body.Scope is not ("read" or "submit" or "admin"))
            return Problems.BadRequest("scope takes read, submit or admin");
        if (body.Days is < 1 or > 3650)
            return Problems.BadRequest("days takes 1 to 3650");
        if (await tokens.Create(body.Name, Enum.Parse<Scope>(body.Scope, ignoreCase: true), body.Days is { } days ? TimeSpan.FromDays(days) : null, ct) is not var (row, token))
            return Problems.NameTaken(body.Name);
        return TypedResults.Created($"/v1/tokens/{row.Id}", new MadeTokenBody(row.Id, row.Name, Scopes.Word(row.Scope), row.ExpiresAt, token));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(Guid id, TokenStore tokens, CancellationToken ct) =>
        await tokens.Delete(id, ct) ? TypedResults.NoContent() : Problems.TokenNotFound(id);
}
