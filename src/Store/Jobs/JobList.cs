namespace Plimsoll.Store.Jobs;

/// <summary>Every job of the service.</summary>
internal static class JobList
{
    public static JobInfo LeaseReaper { get; } = new("lease-reaper", "0/10 * * * * ?", "every 10 seconds",
        "gives inspections back whose worker went silent");

    public static JobInfo WebhookRetries { get; } = new("webhook-retries", "5/10 * * * * ?", "every 10 seconds",
        "gives deliveries back whose sender went silent");

    public static JobInfo BlobSweep { get; } = new("blob-sweep", "0 3/10 * * * ?", "every 10 minutes",
        "deletes uploads that nobody inspects, and what cut-off uploads left behind");

    public static JobInfo Retention { get; } = new("retention", "0 17 * * * ?", "every hour",
        "deletes ended inspections, deliveries and unused layer indexes that are older than RETENTION_DAYS");

    public static JobInfo AdvisoryUpdate { get; } = new("advisory-update", "0 1/5 * * * ?", "every 5 minutes",
        "brings the advisories that are an hour old or not here yet from ADVISORY_SOURCE");

    public static JobInfo VulnerabilityMatching { get; } = new("vulnerability-matching", "15 * * * * ?", "every minute",
        "matches what new images have brought with the advisories");

    public static IReadOnlyList<JobInfo> All { get; } = [LeaseReaper, WebhookRetries, BlobSweep, Retention, AdvisoryUpdate, VulnerabilityMatching];
}
