using System.Net;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

/// <summary>The chart's alerts and dashboard, held against what real processes answer at <c>/metrics</c>. Those about the operator are held against the operator, by its own tests.</summary>
public sealed class MonitoringTests(PostgresServer postgres, RedisServer redis)
{
    /// <summary>Of Prometheus itself.</summary>
    const string Up = "up";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_metric_stands_with_what_it_is_selected_by()
    {
        Assert.True(Expressions.OfService().Count() > 40);
        Assert.True(Expressions.OfOperator().Count() > 10);
        Assert.All(Expressions.All(), one => Assert.True(Expressions.Selections(one.Text).Any(), $"{one.Where}: {one.Text}"));
        // A name with an underscore that is no function, label or variable, and has no braces, would not be looked for below.
        Assert.All(Expressions.All(), one => Assert.DoesNotMatch(@"(?<![\w""$])(?:up|[a-z]+_\w+(?:_total|_seconds|_count|_sum|_bucket|_bytes|_depth|_up|_max))\b(?!\{|\()", one.Text));
    }

    [Fact]
    public async Task An_API_and_a_worker_have_every_series_that_the_alerts_and_the_dashboard_ask_for()
    {
        var database = await postgres.NewDatabase();
        var shared = Samples.Service.Shared(database, redis);
        using var data = new TemporaryFolder();
        await using var api = await ApiProcess.Start(new Dictionary<string, string>(shared) { ["DATA_DIR"] = data.At("api"), ["WORKERS"] = "0", ["BLOB_QUOTA"] = "64Ki" });
        // Its bucket is nowhere, so that it has faults to count.
        await using var faulty = await ApiProcess.Start(new Dictionary<string, string>(shared)
        {
            ["DATA_DIR"] = data.At("faulty"), ["WORKERS"] = "0", ["BLOB_STORE"] = $"s3://bucket/x?endpoint=http://127.0.0.1:{Server.FreePort()}", ["AWS_ACCESS_KEY_ID"] = "id", ["AWS_SECRET_ACCESS_KEY"] = "key",
        });
        await using var worker = await WorkerProcess.Start(new Dictionary<string, string>(shared) { ["DATA_DIR"] = data.At("worker") });
        using var http = new HttpClient { BaseAddress = api.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Samples.Service.AdminToken) } };
        // Two images with the same layer: the second time it is known.
        foreach (var archive in (byte[][])[TinyImage.Archive(1), TinyImage.Archive(1, user: "1001")])
        {
            using var answer = await http.PostAsync("/v1/inspections", new ByteArrayContent(archive), Ct);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            await http.GetStringAsync($"{answer.Headers.Location}/events", Ct);
        }
        // More than the quota.
        using (var refused = await http.PostAsync("/v1/inspections", new ByteArrayContent(TinyImage.Archive(2, bytes: 1 << 20)), Ct))
            Assert.Equal((HttpStatusCode)507, refused.StatusCode);
        using (var fault = await http.PostAsync(new Uri(faulty.Address, "/v1/inspections"), new ByteArrayContent(TinyImage.Archive(3)), Ct))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, fault.StatusCode);
        using (var advisories = await http.PostAsync("/v1/advisories", new ByteArrayContent(Osv.Zip(Osv.Record("GHSA-1", "left", null))), Ct))
            Assert.Equal(HttpStatusCode.OK, advisories.StatusCode);
        // The first runs of jobs and the next look at the advisories come within ten seconds.
        LiveMetrics[] live = [];
        await Wait.Until(async () => (live = [await LiveMetrics.Of(http, api.Address), await LiveMetrics.Of(http, faulty.Address), await LiveMetrics.Of(http, worker.Address)])
            is var all && ((string[])["plimsoll_job_last_success_timestamp_seconds", "plimsoll_advisories_oldest_timestamp_seconds"]).All(metric => all.Any(one => one.Has(new Selected(metric, [])))));

        Assert.All(Expressions.OfService(), one => Assert.All(Expressions.Selections(one.Text).Where(selected => selected.Metric != Up),
            selected => Assert.True(live.Any(process => process.Has(selected)), $"{one.Where}: no process has {selected}")));
        // What it is grouped by is there too, but for what Prometheus adds.
        Assert.All(Expressions.OfService(), one => Assert.All(Expressions.Groupings(one.Text).Except(LiveMetrics.OfTargets),
            label => Assert.True(live.Any(process => Expressions.Selections(one.Text).Any(selected => process.HasLabel(selected.Metric, label))), $"{one.Where}: nothing has a label {label}")));
        Assert.All(live, process => Assert.Empty(process.Labels.Intersect(LiveMetrics.OfTargets)));
    }
}
