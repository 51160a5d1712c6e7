namespace Plimsoll.Client;

/// <summary>What is said of a webhook when it is made or replaced.</summary>
/// <param name="Url">Where deliveries are posted to: <c>https://</c>, or <c>http://</c> where nobody listens in.</param>
/// <param name="Events">The types that it wants; null for all, those of later versions too.</param>
/// <param name="Enabled">False to send nothing for a while; null is true.</param>
public sealed record WebhookRequestBody(string Url, IReadOnlyList<string>? Events = null, string? Description = null, bool? Enabled = null);

/// <summary>A webhook: never its secret.</summary>
/// <param name="PreviousSecretUntil">Until then the secret before the last rotation signs too; null when there is none.</param>
public sealed record WebhookBody(
    Guid Id, string Url, IReadOnlyList<string>? Events, string? Description, bool Enabled, string Author, DateTimeOffset CreatedAt, DateTimeOffset? PreviousSecretUntil);

/// <summary>A webhook that was just made: the one time that its secret is shown.</summary>
public sealed record MadeWebhookBody(
    Guid Id, string Url, IReadOnlyList<string>? Events, string? Description, bool Enabled, string Author, DateTimeOffset CreatedAt, string Secret);

/// <summary>A new secret: the one time that it is shown.</summary>
/// <param name="PreviousSecretUntil">Until then the secret before it signs too.</param>
public sealed record RotatedSecretBody(string Secret, DateTimeOffset PreviousSecretUntil);

/// <summary>One event on its way to one webhook.</summary>
/// <param name="Event">The <c>webhook-id</c> of every attempt, and the id in the payload. Sent again, an event keeps it.</param>
/// <param name="State"><c>waiting</c>, <c>sending</c>, <c>delivered</c> or <c>dead</c>.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="NextAttemptAt">Null when there will be none.</param>
/// <param name="Status">Of the last answer; null when there was none.</param>
/// <param name="Duration">Milliseconds that the last attempt took.</param>
/// <param name="Answer">The beginning of the last answer, without control characters.</param>
/// <param name="Error">Why the last attempt failed.</param>
public sealed record DeliveryBody(
    Guid Id, Guid Event, string Type, string State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? AttemptedAt, DateTimeOffset? NextAttemptAt, DateTimeOffset? EndedAt,
    int? Status, int? Duration, string? Answer, string? Error);
