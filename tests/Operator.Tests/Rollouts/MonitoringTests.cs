using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>The chart's alerts and dashboard, as far as they are about the operator, held against what it answers at <c>/metrics</c>.</summary>
public sealed class MonitoringTests
{
    [Fact]
    public async Task An_operator_has_every_series_that_the_alerts_and_the_dashboard_ask_for()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        // One has come to its end, and another never will: its container is the first one's.
        shop.Roll(Shop.Bad);
        await shop.Until(one => one.Phase is Phase.Blocked);
        shop.Roll(Shop.Good, name: "second");
        await shop.Until(one => one.Phase is Phase.Stalled, "second");

        // The operator sees what it wrote a moment after it wrote it.
        var live = await LiveMetrics.Of(running.Http, running.Http.BaseAddress!);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; tries < 600 && !(live.Has(Info("Blocked")) && live.Has(Info("Stalled"))); tries++)
        {
            await timer.WaitForNextTickAsync(Patience.Ct);
            live = await LiveMetrics.Of(running.Http, running.Http.BaseAddress!);
        }

        Assert.All(Expressions.OfOperator(), one => Assert.All(Expressions.Selections(one.Text), selected => Assert.True(live.Has(selected), $"{one.Where}: the operator has no {selected}")));
        // What it is grouped by is there too, but for what Prometheus adds.
        Assert.All(Expressions.OfOperator(), one => Assert.All(Expressions.Groupings(one.Text).Except(LiveMetrics.OfTargets),
            label => Assert.True(Expressions.Selections(one.Text).Any(selected => live.HasLabel(selected.Metric, label)), $"{one.Where}: nothing has a label {label}")));
        Assert.Empty(live.Labels.Intersect(LiveMetrics.OfTargets));
    }

    static Selected Info(string phase) => new("plimsoll_imagerollout_info", [new LabelMatcher("phase", "=", phase)]);
}
