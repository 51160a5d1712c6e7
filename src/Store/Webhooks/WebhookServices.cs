using Microsoft.Extensions.DependencyInjection;

namespace Plimsoll.Store.Webhooks;

/// <summary>Webhooks as every process needs them, and the sending of them, which is done where inspections are run.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<DeliveryLog>();
    }

    public static void AddDeliveries(this IServiceCollection services)
    {
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<DeliveryMetrics>();
        services.AddHostedService<DeliveryLoop>();
    }
}
