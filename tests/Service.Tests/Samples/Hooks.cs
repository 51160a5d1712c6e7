using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Client;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>What tests of webhooks ask of a service.</summary>
internal static class Hooks
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<MadeWebhookBody> Hook(this Service service, string url, params string[] events)
    {
        using var answer = await service.Http.PostAsJsonAsync("/v1/webhooks", new WebhookRequestBody(url, events.Length > 0 ? events : null), Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<MadeWebhookBody>(Ct))!;
    }

    public static async Task<DeliveryBody> Ping(this Service service, Guid webhook)
    {
        using var answer = await service.Http.PostAsync($"/v1/webhooks/{webhook}/ping", null, Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<DeliveryBody>(Ct))!;
    }

    public static Task<DeliveryBody> Delivery(this Service service, Guid webhook, Guid delivery) => service.Get<DeliveryBody>($"/v1/webhooks/{webhook}/deliveries/{delivery}");

    /// <summary>The delivery when it is so.</summary>
    public static async Task<DeliveryBody> DeliveryWhen(this Service service, Guid webhook, Guid delivery, Func<DeliveryBody, bool> so)
    {
        var found = await service.Delivery(webhook, delivery);
        await Wait.Until(async () => so(found = await service.Delivery(webhook, delivery)));
        return found;
    }

    /// <summary>Nobody waits for the time of the next attempt: it has come.</summary>
    public static async Task Hasten(this Service service, Guid delivery, int? attempts = null)
    {
        await using var db = await service.Database();
        await db.Deliveries.Where(row => row.Id == delivery).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.AvailableAt, DateTimeOffset.UnixEpoch).SetProperty(row => row.Attempts, row => attempts ?? row.Attempts), Ct);
    }
}
