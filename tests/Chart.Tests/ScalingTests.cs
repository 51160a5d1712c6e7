using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Store;
using Plimsoll.Store.Inspections;
using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Chart.Tests;

/// <summary>How many pods there are, and how they are kept apart.</summary>
public sealed class ScalingTests
{
    [Fact]
    public async Task A_HorizontalPodAutoscaler_follows_the_processor()
    {
        var chart = await Helm.Render(Helm.Case("scaled"));
        var spec = chart.Get("HorizontalPodAutoscaler", "plimsoll-api")["spec"]!;
        Assert.Equal((2, 4, 75), ((int)spec["minReplicas"]!, (int)spec["maxReplicas"]!, (int)spec["metrics"]![0]!["resource"]!["target"]!["averageUtilization"]!));
        Assert.Null(chart.Find("HorizontalPodAutoscaler", "plimsoll-worker"));
        Assert.Equal(5, (int)(await Helm.Render(Helm.Case("replicas"))).Get("HorizontalPodAutoscaler", "plimsoll-worker")["spec"]!["maxReplicas"]!);
    }

    [Fact]
    public async Task KEDA_scales_workers_by_the_queue_from_nothing_and_gives_each_what_it_takes_at_once()
    {
        var chart = await Helm.Render(Helm.Case("scaled"));
        var spec = chart.Get("ScaledObject", "plimsoll-worker")["spec"]!;
        Assert.Equal((0, 20), ((int)spec["minReplicaCount"]!, (int)spec["maxReplicaCount"]!));
        Assert.Equal("4", (string?)spec["triggers"]![0]!["metadata"]!["targetQueryValue"]);
        var connection = chart.Get("TriggerAuthentication", "plimsoll-worker")["spec"]!["secretTargetRef"]![0]!;
        Assert.NotNull(chart.Get("Secret", (string)connection["name"]!)["data"]![(string)connection["key"]!]);
    }

    // It counts what plimsoll_queue_depth counts.
    [Fact]
    public async Task The_query_of_KEDA_names_the_table_the_column_and_the_states_of_the_queue()
    {
        var query = (string)(await Helm.Render(Helm.Case("scaled"))).Get("ScaledObject", "plimsoll-worker")["spec"]!["triggers"]![0]!["metadata"]!["query"]!;
        await using var db = new PostgresDb(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=nowhere").UseSnakeCaseNamingConvention().Options);
        var row = db.Model.FindEntityType(typeof(InspectionRow))!;
        Assert.Equal($"SELECT count(*) FROM {row.GetTableName()} WHERE {row.FindProperty(nameof(InspectionRow.State))!.GetColumnName()} IN ('{InspectionState.Queued}', '{InspectionState.Running}')", query);
    }

    [Theory]
    [InlineData("default", ""), InlineData("scaled", "api"), InlineData("replicas", "api worker"), InlineData("small", ""), InlineData("guarded", "operator")]
    public async Task There_is_a_budget_where_there_is_always_more_than_one_pod(string name, string parts) =>
        Assert.Equal(parts, string.Join(' ', (await Helm.Render(Helm.Case(name))).OfKind("PodDisruptionBudget").Select(one => Rendering.Name(one)["plimsoll-".Length..]).Order(StringComparer.Ordinal)));

    [Fact]
    public async Task A_budget_can_be_a_share_or_none()
    {
        Assert.Equal("50%", (string?)(await Helm.Render(Helm.Case("replicas"))).Get("PodDisruptionBudget", "plimsoll-worker")["spec"]!["maxUnavailable"]);
        Assert.Empty((await Helm.Render("--set", "api.replicas=3", "--set", "api.podDisruptionBudget.enabled=false")).OfKind("PodDisruptionBudget"));
    }

    [Fact]
    public async Task Pods_are_spread_and_placed()
    {
        var chart = await Helm.Render(Helm.Case("scaled"));
        var (api, worker) = (chart.PodOf("api")["spec"]!, chart.PodOf("worker")["spec"]!);
        var spread = api["topologySpreadConstraints"]![0]!;
        Assert.Equal(("kubernetes.io/hostname", "api"), ((string?)spread["topologyKey"], (string?)spread["labelSelector"]!["matchLabels"]!["app.kubernetes.io/component"]));
        Assert.Equal(("high", "batch"), ((string?)api["priorityClassName"], (string?)worker["tolerations"]![0]!["key"]));
        Assert.NotNull(worker["affinity"]!["nodeAffinity"]);
        // A pod that comes and goes is not spread.
        Assert.Null(chart.PodOf("test")["spec"]!["topologySpreadConstraints"]);
    }

    [Fact]
    public async Task Without_workers_the_API_inspects()
    {
        var chart = await Helm.Render(Helm.Case("small"));
        Assert.Null(chart.Find("Deployment", "plimsoll-worker"));
        Assert.Null(chart.Find("Service", "plimsoll-worker"));
        Assert.Equal("2", ContainerEnvironment.Of(chart, "api")["WORKERS"]);
    }
}
