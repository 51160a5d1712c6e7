using Plimsoll.Store.Advisories;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Webhooks;

/// <summary>What webhooks tell of. A type never changes its meaning; new ones may come.</summary>
internal static class EventTypes
{
    /// <summary>Asked for by hand, of one webhook, to see whether it is received.</summary>
    public const string Ping = "webhook.ping";

    /// <summary>Those that a webhook can choose.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Of(InspectionState.Succeeded), Of(InspectionState.Failed), Of(InspectionState.Cancelled),
        Of(AdvisoryEventKind.NewAdvisory), Of(AdvisoryEventKind.SeverityRaised), Of(AdvisoryEventKind.FixAvailable), Of(AdvisoryEventKind.KnownExploited), Of(AdvisoryEventKind.Withdrawn), Of(AdvisoryEventKind.Digest),
    ];

    public static string Of(InspectionState ended) => $"inspection.{ended.ToString().ToLowerInvariant()}";

    public static string Of(AdvisoryEventKind kind) => kind switch
    {
        // Whether the advisory or the component is the new one, the message says.
        AdvisoryEventKind.NewAdvisory or AdvisoryEventKind.NewComponent => "vulnerability.found",
        AdvisoryEventKind.SeverityRaised => "vulnerability.severity-raised",
        AdvisoryEventKind.FixAvailable => "vulnerability.fix-available",
        AdvisoryEventKind.KnownExploited => "vulnerability.known-exploited",
        AdvisoryEventKind.Withdrawn => "vulnerability.withdrawn",
        _ => "vulnerability.digest",
    };
}
