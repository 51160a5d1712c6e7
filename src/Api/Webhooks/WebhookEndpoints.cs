using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Store.Settings;
using Plimsoll.Store.Tokens;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Api.Webhooks;

internal static class WebhookEndpoints
{
    public static void MapWebhooks(this RouteGroupBuilder v1)
    {
        var webhooks = v1.MapGroup("/webhooks").WithTags("webhooks").RequireScope(Scope.Admin);
        webhooks.MapGet("", List);
        webhooks.MapPost("", Create).ProducesProblem(400).ProducesProblem(409);
        webhooks.MapGet("/{id:guid}", Get).ProducesProblem(404);
        webhooks.MapPut("/{id:guid}", Replace).ProducesProblem(400).ProducesProblem(404);
        webhooks.MapDelete("/{id:guid}", Delete).ProducesProblem(404);
        webhooks.MapPost("/{id:guid}/rotate", Rotate).ProducesProblem(404);
    }

    static async Task<Ok<Page<WebhookBody>>> List(WebhookStore webhooks, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(new Page<WebhookBody>([.. (await webhooks.List(ct)).Select(row => WebhookBodies.Of(row, clock.GetUtcNow()))], null));

    static async Task<Results<Created<MadeWebhookBody>, ProblemHttpResult>> Create(WebhookRequestBody body, HttpContext http, WebhookStore webhooks, Settings settings, CancellationToken ct)
    {
        var reading = WebhookReading.Of(body, settings.WebhookReach);
        if (reading.Terms is not { } terms)
            return Problems.BadRequest(reading.Problem!);
        if (await webhooks.Create(terms, http.User.CallerName(), ct) is not var (row, secret))
            return WebhookBodies.TooMany();
        return TypedResults.Created($"/v1/webhooks/{row.Id}", new MadeWebhookBody(row.Id, row.Url, row.Events?.Split(','), row.Description, row.Enabled, row.Author, row.CreatedAt, secret));
    }

    static async Task<Results<Ok<WebhookBody>, ProblemHttpResult>> Get(Guid id, WebhookStore webhooks, TimeProvider clock, CancellationToken ct) =>
        await webhooks.Find(id, ct) is { } row ? TypedResults.Ok(WebhookBodies.Of(row, clock.GetUtcNow())) : WebhookBodies.NotFound(id);

    static async Task<Results<Ok<WebhookBody>, ProblemHttpResult>> Replace(Guid id, WebhookRequestBody body, WebhookStore webhooks, Settings settings, TimeProvider clock, CancellationToken ct)
    {
        var reading = WebhookReading.Of(body, settings.WebhookReach);
        if (reading.Terms is not { } terms)
            return Problems.BadRequest(reading.Problem!);
        return await webhooks.Replace(id, terms, ct) is { } row ? TypedResults.Ok(WebhookBodies.Of(row, clock.GetUtcNow())) : WebhookBodies.NotFound(id);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(Guid id, WebhookStore webhooks, CancellationToken ct) =>
        await webhooks.Delete(id, ct) ? TypedResults.NoContent() : WebhookBodies.NotFound(id);

    static async Task<Results<Ok<RotatedSecretBody>, ProblemHttpResult>> Rotate(Guid id, WebhookStore webhooks, CancellationToken ct) =>
        await webhooks.Rotate(id, ct) is var (secret, until) ? TypedResults.Ok(new RotatedSecretBody(secret, until)) : WebhookBodies.NotFound(id);
}
