using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of services that watch over programs.</summary>
internal static partial class TelemetryRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("datadog-key", "A Datadog API or application key", Severity.High, DatadogKey(), "dd_api_key", "dd_app_key", "datadog_api_key", "datadog_app_key") { Entropy = 3 },
        new("new-relic-key", "A New Relic key", Severity.High, NewRelicKey(), "NRAK-", "NRIQ-", "NRII-") { InBinary = true, Entropy = 3 },
        new("new-relic-licence-key", "A New Relic licence key", Severity.High, NewRelicLicenceKey(), "FFFFNRAL") { InBinary = true, Lead = 40, Entropy = 3 },
        new("grafana-token", "A Grafana token", Severity.Critical, GrafanaToken(), "glsa_", "glc_eyJ", "eyJrIjoi") { InBinary = true, Entropy = 3, Glance = Glances.Run(40) },
        new("sentry-token", "A Sentry token", Severity.High, SentryToken(), "sntrys_eyJ", "sntryu_") { InBinary = true, Entropy = 3, Glance = Glances.Run(60) },
        new("dynatrace-token", "A Dynatrace token", Severity.Critical, DynatraceToken(), "dt0c01.", "dt0s01.", "dt0s02.", "dt0s08.", "dt0s16.") { InBinary = true, Entropy = 3.5 },
        new("honeycomb-key", "A Honeycomb key", Severity.High, HoneycombKey(), "hcaik_", "hcbik_", "hccik_", "hcdik_", "hcxik_", "honeycomb_api_key") { Entropy = 3 },
        new("splunk-token", "A Splunk HTTP event collector token", Severity.High, SplunkToken(), "splunk_hec_token", "splunk_token") { Entropy = 3 },
        new("elastic-key", "An Elastic Cloud API key", Severity.Critical, ElasticKey(), "essu_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(60) },
        new("posthog-key", "A PostHog personal API key", Severity.High, PostHogKey(), "phx_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(44) },
        new("launchdarkly-key", "A LaunchDarkly key", Severity.High, LaunchDarklyKey(), "launchdarkly_sdk_key", "launchdarkly_api_key", "ld_sdk_key") { Entropy = 3 },
    ];

    [GeneratedRegex("\\G(?:dd|datadog)_(?:api_key" + Shape.Set + "(?<secret>[0-9a-f]{32})|app_key" + Shape.Set + "(?<secret>[0-9a-f]{40}))" + Shape.End, Shape.AnyCase)]
    private static partial Regex DatadogKey();

    [GeneratedRegex(Shape.StartOfWord + "(?:NRAK-[A-Z0-9]{27}|NRI[QI]-[A-Za-z0-9_-]{32})" + Shape.EndOfWord)]
    private static partial Regex NewRelicKey();

    [GeneratedRegex("(?<![A-Za-z0-9])(?:[a-f0-9]{32}|[a-z]{2}[0-9]{2}xx[a-f0-9]{26,30})FFFFNRAL" + Shape.End)]
    private static partial Regex NewRelicLicenceKey();

    [GeneratedRegex(Shape.StartOfWord + "(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_eyJ[A-Za-z0-9+/_-]{60,400}={0,2}|eyJrIjoi[A-Za-z0-9]{70,400}={0,2}(?![.A-Za-z0-9+/]))")]
    private static partial Regex GrafanaToken();

    [GeneratedRegex(Shape.Start + "(?:sntrys_eyJ[A-Za-z0-9+/=]{60,400}_[A-Za-z0-9+/]{43}|sntryu_[a-f0-9]{64})" + Shape.End)]
    private static partial Regex SentryToken();

    [GeneratedRegex(Shape.Start + "dt0[cs][0-9]{2}\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{64}" + Shape.End)]
    private static partial Regex DynatraceToken();

    [GeneratedRegex("\\G(?:(?<![A-Za-z0-9_])(?<secret>hc[a-z]ik_[a-z0-9]{58})|honeycomb_api_key" + Shape.Set + "(?<secret>[A-Za-z0-9]{22}|[a-f0-9]{32}))" + Shape.End, Shape.AnyCase)]
    private static partial Regex HoneycombKey();

    [GeneratedRegex("\\Gsplunk_(?:hec_)?token" + Shape.Set + "(?<secret>" + Shape.Uuid + ")" + Shape.End, Shape.AnyCase)]
    private static partial Regex SplunkToken();

    [GeneratedRegex(Shape.Start + "essu_[A-Za-z0-9+/]{55,200}={0,2}")]
    private static partial Regex ElasticKey();

    [GeneratedRegex(Shape.Start + "phx_[A-Za-z0-9_]{40,60}" + Shape.EndOfWord)]
    private static partial Regex PostHogKey();

    [GeneratedRegex("\\G(?:launchdarkly|ld)_(?:sdk|api)_key" + Shape.Set + "(?<secret>(?:sdk|api)-" + Shape.Uuid + ")", Shape.AnyCase)]
    private static partial Regex LaunchDarklyKey();
}
