using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Webhooks;

/// <summary>What webhooks tell of. A type never changes its meaning; new ones may come.</summary>
internal static class EventTypes
{
    /// <summary>Asked for by hand, of one webhook, to see whether it is received.</summary>
    public const string Ping = "webhook.ping";

    /// <summary>Those that a webhook can choose.</summary>
    public static IReadOnlyList<string> All { get; } = [Of(InspectionState.Succeeded), Of(InspectionState.Failed), Of(InspectionState.Cancelled)];

    public static string Of(InspectionState ended) => $"inspection.{ended.ToString().ToLowerInvariant()}";
}
