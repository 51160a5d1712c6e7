using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Rollouts;

[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>An operator beside no other of the same process: OpenTelemetry knows a meter by its name, and one that comes or goes takes the lines of another with it.</summary>
[Collection("Alone")]
public sealed class RolloutMetricsTests
{
    [Fact]
    public async Task It_tells_where_the_rollouts_are_and_how_it_fares()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        shop.Roll(Shop.Bad);
        await shop.Until(one => one.Phase is Phase.Blocked);

        // The status is there before it is counted, and before the cache hears of it.
        string[] lines =
        [
            """plimsoll_imagerollout_info{otel_scope_name="Plimsoll.Operator",kind="Deployment",name="web",phase="Blocked",rollout_namespace="shop",target="web",verdict="Fail"} 1""",
            """leader_election_master_status{otel_scope_name="Plimsoll.Operator",name="plimsoll-operator"} 1""",
            """plimsoll_gate_decisions_total{otel_scope_name="Plimsoll.Operator",verdict="Fail"} 1""",
            """plimsoll_gate_errors_total{otel_scope_name="Plimsoll.Operator",reason="PlimsollUnavailable"} 0""",
            """controller_reconcile_total{otel_scope_name="Plimsoll.Operator",controller="ImageRollout",result="success"} """,
            """controller_reconcile_time_seconds_bucket{otel_scope_name="Plimsoll.Operator",controller="ImageRollout",le="120"} """,
            """workqueue_depth{otel_scope_name="Plimsoll.Operator",name="ImageRollout"} """,
            """workqueue_adds_total{otel_scope_name="Plimsoll.Operator",name="ImageRollout"} """,
            """workqueue_queue_duration_seconds_count{otel_scope_name="Plimsoll.Operator",name="ImageRollout"} """,
            """workqueue_work_duration_seconds_count{otel_scope_name="Plimsoll.Operator",name="ImageRollout"} """,
        ];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var (missing, metrics) = (lines, "");
        for (var tries = 0; tries < 600 && missing.Length > 0; tries++)
        {
            await timer.WaitForNextTickAsync(Patience.Ct);
            metrics = await running.Http.GetStringAsync("/metrics", Patience.Ct);
            missing = [.. lines.Where(line => !metrics.Contains(line, StringComparison.Ordinal))];
        }
        Assert.True(missing is [], $"{string.Join('\n', missing)}\nis not in\n{metrics}");
    }
}
