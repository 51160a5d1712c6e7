using System.Diagnostics.Metrics;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Jobs;

/// <summary>
/// Runs of jobs as this process saw them: <c>plimsoll_job_runs_total</c> and <c>plimsoll_job_last_success_timestamp_seconds</c>. A job runs
/// in any process of a cluster, so that an alert takes the largest of all. Its label is <c>job_name</c>: Prometheus calls what it fetches from
/// <c>job</c>, and would rename ours.
/// </summary>
internal sealed class JobMetrics
{
    const string Name = "job.name", Succeed = "succeeded", Fail = "failed";

    readonly Counter<long> _runs;
    readonly Gauge<double> _lastSuccess;

    public JobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ServiceMeter.Name);
        _runs = meter.CreateCounter<long>("plimsoll.job.runs", null, "Runs of jobs, by how they ended.");
        _lastSuccess = meter.CreateGauge<double>("plimsoll.job.last_success.timestamp", "s", "When a job last succeeded in this process, as seconds since 1970.");
        // A counter that first shows at 1 has not grown for Prometheus, which would miss the first failure.
        foreach (var job in JobList.All)
        {
            Ran(job.Name, Succeed, 0);
            Ran(job.Name, Fail, 0);
        }
    }

    public void Succeeded(string job, DateTimeOffset at)
    {
        Ran(job, Succeed, 1);
        _lastSuccess.Record(at.ToUnixTimeMilliseconds() / 1000.0, new KeyValuePair<string, object?>(Name, job));
    }

    public void Failed(string job) => Ran(job, Fail, 1);

    void Ran(string job, string outcome, int times) => _runs.Add(times, new(Name, job), new("outcome", outcome));
}
