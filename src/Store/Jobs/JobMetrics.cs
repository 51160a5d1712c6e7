using System.Diagnostics.Metrics;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Jobs;

/// <summary>
/// Runs of jobs as this process saw them: <c>plimsoll_job_runs_total</c> and <c>plimsoll_job_last_success_timestamp_seconds</c>. A job runs
/// in any process of a cluster, so that an alert takes the largest of all.
/// </summary>
internal sealed class JobMetrics
{
    readonly Counter<long> _runs;
    readonly Gauge<double> _lastSuccess;

    public JobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ServiceMeter.Name);
        _runs = meter.CreateCounter<long>("plimsoll.job.runs", null, "Runs of jobs, by how they ended.");
        _lastSuccess = meter.CreateGauge<double>("plimsoll.job.last_success.timestamp", "s", "When a job last succeeded in this process, as seconds since 1970.");
    }

    public void Succeeded(string job, DateTimeOffset at)
    {
        _runs.Add(1, new("job", job), new("outcome", "succeeded"));
        _lastSuccess.Record(at.ToUnixTimeMilliseconds() / 1000.0, new KeyValuePair<string, object?>("job", job));
    }

    public void Failed(string job) => _runs.Add(1, new("job", job), new("outcome", "failed"));
}
