using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Store.Tokens;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Api.Webhooks;

/// <summary>The log of a webhook, and what somebody asks to have sent.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this RouteGroupBuilder v1)
    {
        var webhook = v1.MapGroup("/webhooks/{id:guid}").WithTags("webhooks").RequireScope(Scope.Admin);
        webhook.MapPost("/ping", Ping).ProducesProblem(404).ProducesProblem(409);
        webhook.MapGet("/deliveries", List).ProducesProblem(400).ProducesProblem(404);
        webhook.MapGet("/deliveries/{delivery:guid}", Get).ProducesProblem(404);
        webhook.MapPost("/deliveries/{delivery:guid}/redeliver", Redeliver).ProducesProblem(404).ProducesProblem(409);
    }

    static async Task<Results<Accepted<DeliveryBody>, ProblemHttpResult>> Ping(Guid id, WebhookStore webhooks, DeliveryLog log, CancellationToken ct) =>
        await webhooks.Find(id, ct) is not { } webhook ? WebhookBodies.NotFound(id)
        : !webhook.Enabled ? WebhookBodies.Disabled()
        : await log.Ping(id, ct) is { } sent ? Accepted(sent) : WebhookBodies.NotFound(id);

    static async Task<Results<Ok<Page<DeliveryBody>>, ProblemHttpResult>> List(
        Guid id, WebhookStore webhooks, DeliveryLog log, CancellationToken ct, string? cursor = null, int? size = null, string? state = null)
    {
        Guid? before = null;
        if (cursor is not null)
        {
            if (!Guid.TryParse(Cursor.Read(cursor), out var last))
                return Problems.BadRequest("the cursor is none of ours");
            before = last;
        }
        DeliveryState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<DeliveryState>(state, ignoreCase: true, out var parsed) || !char.IsAsciiLetter(state[0]))
                return Problems.BadRequest("state takes waiting, sending, delivered or dead");
            wanted = parsed;
        }
        if (await webhooks.Find(id, ct) is null)
            return WebhookBodies.NotFound(id);
        var rows = await log.Before(id, before, wanted, Cursor.Size(size), ct);
        var shown = rows.Take(Cursor.Size(size)).ToList();
        return TypedResults.Ok(new Page<DeliveryBody>([.. shown.Select(WebhookBodies.Of)], rows.Count > shown.Count ? Cursor.Write(shown[^1].Row.Id.ToString()) : null));
    }

    static async Task<Results<Ok<DeliveryBody>, ProblemHttpResult>> Get(Guid id, Guid delivery, DeliveryLog log, CancellationToken ct) =>
        await log.Find(id, delivery, ct) is { } found ? TypedResults.Ok(WebhookBodies.Of(found)) : WebhookBodies.DeliveryNotFound(delivery);

    static async Task<Results<Accepted<DeliveryBody>, ProblemHttpResult>> Redeliver(Guid id, Guid delivery, WebhookStore webhooks, DeliveryLog log, CancellationToken ct) =>
        await log.Find(id, delivery, ct) is not { } found ? WebhookBodies.DeliveryNotFound(delivery)
        : await webhooks.Find(id, ct) is not { Enabled: true } ? WebhookBodies.Disabled()
        : await log.Again(found, ct) is { } sent ? Accepted(sent) : WebhookBodies.DeliveryNotFound(delivery);

    static Accepted<DeliveryBody> Accepted(LoggedDelivery delivery) =>
        TypedResults.Accepted($"/v1/webhooks/{delivery.Row.WebhookId}/deliveries/{delivery.Row.Id}", WebhookBodies.Of(delivery));
}
