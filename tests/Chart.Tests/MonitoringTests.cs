using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>What Prometheus fetches, and what Grafana shows.</summary>
public sealed class MonitoringTests
{
    static readonly string[] All = ["serviceMonitor", "prometheusRule", "dashboard"];

    static readonly JsonObject Dashboard = JsonNode.Parse(File.ReadAllText(Repository.At("charts/plimsoll/monitoring/dashboard.json")))!.AsObject();

    static List<JsonObject> Panels { get; } = [.. Rendering.List(Dashboard["panels"]).Where(panel => (string?)panel["type"] != "row")];

    [Fact]
    public async Task Nothing_of_it_is_there_unless_it_is_asked_for()
    {
        var chart = await Helm.Render();
        Assert.DoesNotContain(chart.Objects, one => ((string)one["apiVersion"]!).StartsWith("monitoring.coreos.com/", StringComparison.Ordinal) || Rendering.Name(one).EndsWith("-dashboard", StringComparison.Ordinal));
    }

    [Theory, InlineData("monitored", 3), InlineData("scaled", 3)]
    public async Task Prometheus_finds_each_part_by_its_Service_and_the_name_of_its_port(string name, int monitors)
    {
        var chart = await Helm.Render(Helm.Case(name));
        Assert.Equal(monitors, chart.OfKind("ServiceMonitor").Count());
        Assert.All(chart.OfKind("ServiceMonitor"), monitor =>
        {
            var endpoint = Assert.Single(Rendering.List(monitor["spec"]!["endpoints"]));
            Assert.Equal("/metrics", (string?)endpoint["path"]);
            var service = Assert.Single(chart.OfKind("Service"), one => monitor["spec"]!["selector"]!["matchLabels"]!.AsObject().All(label => (string?)one["metadata"]!["labels"]![label.Key] == (string?)label.Value));
            Assert.Contains(Rendering.List(service["spec"]!["ports"]), port => (string?)port["name"] == (string?)endpoint["port"]);
            Assert.Equal("team", (string?)monitor["spec"]!["namespaceSelector"]!["matchNames"]![0]);
        });
    }

    [Fact]
    public async Task A_ServiceMonitor_is_as_it_was_described()
    {
        var monitor = (await Helm.Render(Helm.Case("monitored"))).Get("ServiceMonitor", "plimsoll-api");
        var endpoint = monitor["spec"]!["endpoints"]![0]!;
        Assert.Equal(("prometheus", "15s", "5s"), ((string?)monitor["metadata"]!["labels"]!["release"], (string?)endpoint["interval"], (string?)endpoint["scrapeTimeout"]));
        Assert.Equal(("node", "drop"), ((string?)endpoint["relabelings"]![0]!["targetLabel"], (string?)endpoint["metricRelabelings"]![0]!["action"]));
        var plain = (await Helm.Render("--set", "monitoring.serviceMonitor.enabled=true", "--set", "monitoring.serviceMonitor.interval=", "--set", "monitoring.serviceMonitor.scrapeTimeout=")).Get("ServiceMonitor", "plimsoll-worker");
        Assert.Equal(["port", "path"], plain["spec"]!["endpoints"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(["plimsoll-api"], (await Helm.Render([.. Helm.Case("small"), "--set", "monitoring.serviceMonitor.enabled=true"])).OfKind("ServiceMonitor").Select(Rendering.Name));
    }

    [Fact]
    public async Task Each_object_goes_where_it_is_looked_for_and_the_Services_are_found_from_there()
    {
        var chart = await Helm.Render([.. All.SelectMany(name => new[] { "--set", $"monitoring.{name}.enabled=true", "--set", $"monitoring.{name}.namespace=observability" })]);
        var there = chart.Objects.Where(one => (string?)one["metadata"]!["namespace"] == "observability").Select(Rendering.Title);
        Assert.Equal(["ConfigMap plimsoll-dashboard", "PrometheusRule plimsoll", "ServiceMonitor plimsoll-api", "ServiceMonitor plimsoll-operator", "ServiceMonitor plimsoll-worker"], there.Order(StringComparer.Ordinal));
        Assert.Equal("team", (string?)chart.Get("ServiceMonitor", "plimsoll-api")["spec"]!["namespaceSelector"]!["matchNames"]![0]);
    }

    [Fact]
    public async Task The_ConfigMap_holds_the_dashboard_as_it_is_and_is_marked_for_the_sidecar()
    {
        var map = (await Helm.Render(Helm.Case("monitored"))).Get("ConfigMap", "plimsoll-dashboard");
        Assert.True(JsonNode.DeepEquals(Dashboard, JsonNode.Parse((string)map["data"]!["plimsoll.json"]!)));
        Assert.Equal(("1", "Security", "tools"), ((string?)map["metadata"]!["labels"]!["grafana_dashboard"], (string?)map["metadata"]!["annotations"]!["grafana_folder"], (string?)map["metadata"]!["annotations"]!["example.com/team"]));
        var other = (await Helm.Render("--set", "monitoring.dashboard.enabled=true", "--set", "monitoring.dashboard.labels.grafana_dashboard=null", "--set", "monitoring.dashboard.labels.dashboards=yes")).Get("ConfigMap", "plimsoll-dashboard")["metadata"]!;
        Assert.Equal(("yes", null, null), ((string?)other["labels"]!["dashboards"], (string?)other["labels"]!["grafana_dashboard"], other["annotations"]));
    }

    [Fact]
    public void Each_panel_says_what_it_shows_in_which_unit_and_asks_the_chosen_data_source() => Assert.All(Panels, panel =>
    {
        Assert.All(["title", "description"], text => Assert.False(string.IsNullOrWhiteSpace((string?)panel[text]), $"{panel["title"]}: {text}"));
        Assert.EndsWith(".", (string?)panel["description"], StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty((string?)panel["fieldConfig"]!["defaults"]!["unit"]), (string?)panel["title"]);
        Assert.NotEmpty(Rendering.List(panel["targets"]));
        Assert.All(Rendering.List(panel["targets"]), target =>
        {
            Assert.Equal("${datasource}", (string?)target["datasource"]!["uid"]);
            Assert.Contains("{namespace=\"$namespace\", job=~\"$job\"", (string?)target["expr"], StringComparison.Ordinal);
            Assert.NotEmpty((string?)target["legendFormat"] ?? "");
        });
    });

    [Fact]
    public void The_panels_lie_on_the_grid_side_by_side()
    {
        var all = Rendering.List(Dashboard["panels"]);
        Assert.Equal(all.Count, all.Select(panel => (int)panel["id"]!).Distinct().Count());
        var cells = all.SelectMany(panel => Cells(panel["gridPos"]!)).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        // Rows are full: 24 columns, from the first line to the last.
        Assert.Equal(24 * (cells.Max(cell => cell.Y) + 1), cells.Count);
    }

    [Fact]
    public void What_it_asks_for_can_be_chosen()
    {
        var variables = Rendering.List(Dashboard["templating"]!["list"]);
        Assert.Equal(["datasource", "namespace", "job"], variables.Select(one => (string)one["name"]!));
        Assert.Equal(("datasource", "prometheus"), ((string?)variables[0]["type"], (string?)variables[0]["query"]));
        Assert.Equal("plimsoll", (string?)Dashboard["uid"]);
    }

    static IEnumerable<(int X, int Y)> Cells(JsonNode place) =>
        from x in Enumerable.Range((int)place["x"]!, (int)place["w"]!) from y in Enumerable.Range((int)place["y"]!, (int)place["h"]!) select (x, y);
}
