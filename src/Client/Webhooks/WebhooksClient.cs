using System.Net.Http.Json;
using Plimsoll.Client.Http;

namespace Plimsoll.Client.Webhooks;

/// <summary><c>/v1/webhooks</c>, and what was delivered to each.</summary>
public sealed class WebhooksClient
{
    const string Path = "v1/webhooks";

    readonly Transport _transport;

    internal WebhooksClient(Transport transport) => _transport = transport;

    public IAsyncEnumerable<WebhookBody> All(CancellationToken ct) => _transport.All(Path, WireJson.Wire.PageWebhookBody, ct);

    public Task<WebhookBody> Get(Guid id, CancellationToken ct) => _transport.Get($"{Path}/{id}", WireJson.Wire.WebhookBody, ct);

    /// <summary>The secret in the answer is shown this once.</summary>
    public Task<MadeWebhookBody> Create(WebhookRequestBody webhook, CancellationToken ct) => _transport.Ask(With(HttpMethod.Post, Path, webhook), WireJson.Wire.MadeWebhookBody, ct);

    public Task<WebhookBody> Replace(Guid id, WebhookRequestBody webhook, CancellationToken ct) => _transport.Ask(With(HttpMethod.Put, $"{Path}/{id}", webhook), WireJson.Wire.WebhookBody, ct);

    public Task Delete(Guid id, CancellationToken ct) => _transport.Send(new ApiRequest(HttpMethod.Delete, $"{Path}/{id}"), ct);

    /// <summary>A new secret. The one before it signs too for a while, so that the receiver can change over.</summary>
    public Task<RotatedSecretBody> Rotate(Guid id, CancellationToken ct) => _transport.Ask(new ApiRequest(HttpMethod.Post, $"{Path}/{id}/rotate"), WireJson.Wire.RotatedSecretBody, ct);

    /// <summary>Sends an event that says nothing, to try the way.</summary>
    public Task<DeliveryBody> Ping(Guid id, CancellationToken ct) => _transport.Ask(new ApiRequest(HttpMethod.Post, $"{Path}/{id}/ping"), WireJson.Wire.DeliveryBody, ct);

    /// <summary>The newest first.</summary>
    /// <param name="state"><c>waiting</c>, <c>sending</c>, <c>delivered</c> or <c>dead</c>; null: all.</param>
    public IAsyncEnumerable<DeliveryBody> Deliveries(Guid id, string? state, CancellationToken ct) =>
        _transport.All(ApiRequest.Query($"{Path}/{id}/deliveries", ("state", state)), WireJson.Wire.PageDeliveryBody, ct);

    public Task<DeliveryBody> Delivery(Guid id, Guid delivery, CancellationToken ct) => _transport.Get($"{Path}/{id}/deliveries/{delivery}", WireJson.Wire.DeliveryBody, ct);

    /// <summary>Sends an event again, under the id that it had.</summary>
    public Task<DeliveryBody> Redeliver(Guid id, Guid delivery, CancellationToken ct) =>
        _transport.Ask(new ApiRequest(HttpMethod.Post, $"{Path}/{id}/deliveries/{delivery}/redeliver"), WireJson.Wire.DeliveryBody, ct);

    static ApiRequest With(HttpMethod method, string path, WebhookRequestBody webhook) => new(method, path, () => JsonContent.Create(webhook, WireJson.Wire.WebhookRequestBody));
}
