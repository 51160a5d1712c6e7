using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Api.Webhooks;

/// <summary>Rows as the API shows them.</summary>
internal static class WebhookBodies
{
    public static WebhookBody Of(WebhookRow row, DateTimeOffset now) =>
        new(row.Id, row.Url, row.Events?.Split(','), row.Description, row.Enabled, row.Author, row.CreatedAt, row.PreviousUntil > now ? row.PreviousUntil : null);

    public static DeliveryBody Of(LoggedDelivery delivery) => new(
        delivery.Row.Id, delivery.Row.EventId, delivery.Type, delivery.Row.State.ToString().ToLowerInvariant(), delivery.Row.Attempts, delivery.Row.CreatedAt,
        delivery.Row.AttemptedAt, delivery.Row.State == DeliveryState.Waiting ? delivery.Row.AvailableAt : null, delivery.Row.EndedAt,
        delivery.Row.Status, delivery.Row.Duration, delivery.Row.Answer, delivery.Row.Error);

    public static ProblemHttpResult NotFound(Guid id) => Problems.Of(404, "webhook-not-found", "There is no such webhook", $"there is no webhook {id}");

    public static ProblemHttpResult DeliveryNotFound(Guid id) => Problems.Of(404, "delivery-not-found", "There is no such delivery", $"there is no delivery {id} to this webhook");

    public static ProblemHttpResult TooMany() => Problems.Of(409, "too-many-webhooks", "There are too many webhooks", $"there may be {WebhookStore.Most}; delete one first");

    public static ProblemHttpResult Disabled() => Problems.Of(409, "webhook-disabled", "The webhook is disabled", "nothing is sent to it; enable it first");
}
