using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Store.Jobs;
using Quartz;

namespace Plimsoll.Chart.Tests;

/// <summary>When somebody is called, what they are told, and where they read on. Prometheus' own tool evaluates the expressions.</summary>
public sealed partial class AlertTests
{
    static readonly string[] Watched = ["--set", "monitoring.serviceMonitor.enabled=true", "--set", "monitoring.prometheusRule.enabled=true"];

    static async Task<IReadOnlyList<JsonObject>> Alerts(params string[] arguments) =>
        Rendering.List((await Helm.Render(arguments)).Get("PrometheusRule", "plimsoll")["spec"]!["groups"]![0]!["rules"]);

    static async Task<IEnumerable<string>> Names(params string[] arguments) => (await Alerts(arguments)).Select(Name);

    static string Name(JsonObject alert) => (string)alert["alert"]!;

    /// <summary>The rules as Prometheus reads them from a file. JSON is YAML.</summary>
    static async Task<string> Write(TemporaryFolder folder, params string[] arguments)
    {
        var file = folder.At("rules.yaml");
        await File.WriteAllTextAsync(file, (await Helm.Render(arguments)).Get("PrometheusRule", "plimsoll")["spec"]!.ToJsonString(), TestContext.Current.CancellationToken);
        return file;
    }

    [Theory, InlineData("monitored"), InlineData("scaled")]
    public async Task Prometheus_takes_the_rules(string name)
    {
        using var folder = new TemporaryFolder();
        var outcome = (await Promtool.Run("check", "rules", "--lint-fatal", await Write(folder, Helm.Case(name)))).Succeeded();
        Assert.Contains($"{(await Alerts(Helm.Case(name))).Count} rules found", outcome.Output, StringComparison.Ordinal);
    }

    [Theory, InlineData("alerts", ""), InlineData("workers-from-zero", "scaled")]
    public async Task Each_alert_fires_when_it_should_and_not_when_it_should_not(string file, string values)
    {
        using var folder = new TemporaryFolder();
        await Write(folder, values.Length > 0 ? Helm.Case(values) : Watched);
        var tests = folder.At($"{file}.yaml");
        File.Copy(Repository.At($"tests/Chart.Tests/Alerts/{file}.yaml"), tests);
        var outcome = await Promtool.Run("test", "rules", tests);
        Assert.True(outcome.Code == 0, outcome.Output + outcome.Error);
    }

    [Fact]
    public async Task No_alert_is_without_a_case_in_which_it_fires() =>
        Assert.All(await Names(Watched), name => Assert.Contains($"labels: ALERTS{{alertname=\"{name}\", alertstate=\"firing\"", File.ReadAllText(Repository.At("tests/Chart.Tests/Alerts/alerts.yaml")), StringComparison.Ordinal));

    [Theory, InlineData(""), InlineData("monitored"), InlineData("scaled")]
    public async Task Each_alert_says_how_bad_it_is_what_is_wrong_with_figures_and_where_to_read_on(string values) => Assert.All(await Alerts(values.Length > 0 ? Helm.Case(values) : Watched), alert =>
    {
        var (labels, annotations) = (alert["labels"]!, alert["annotations"]!);
        Assert.Matches("^(critical|warning)$", (string)labels["severity"]!);
        Assert.Equal("plimsoll", (string?)labels["service"]);
        Assert.Matches("^[1-9][0-9]*m$", (string)alert["for"]!);
        Assert.EndsWith($"operations.md#{Name(alert)}".Replace(values == "monitored" ? ".md" : "none", "", StringComparison.Ordinal), (string)annotations["runbook_url"]!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("{{ $labels.namespace }}", (string)annotations["summary"]!, StringComparison.Ordinal);
        Assert.Matches("[0-9]|{{ [$]value", (string)annotations["description"]!);
        Assert.DoesNotContain("$ALL", alert.ToJsonString(), StringComparison.Ordinal);
    });

    // An on-call person looks there at night.
    [Fact]
    public async Task Each_alert_has_a_section_that_says_what_it_means_what_to_look_at_and_what_to_do_and_there_is_no_other()
    {
        var page = File.ReadAllText(Repository.At("docs/operations.md"));
        var sections = Section().Matches(page).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.Equal((await Names(Watched)).Order(StringComparer.Ordinal), sections.Keys.Order(StringComparer.Ordinal));
        Assert.All(sections, section =>
        {
            Assert.All(["**Means**", "**Look**", "**Do**"], part => Assert.Contains(part, section.Value, StringComparison.Ordinal));
            Assert.Contains("```sh\n", section.Value, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task They_look_at_this_release_alone()
    {
        var selectors = (await Alerts(Watched)).SelectMany(alert => Selector().Matches((string)alert["expr"]!).Select(match => match.Value)).ToList();
        Assert.True(selectors.Count > 20);
        Assert.All(selectors, selector => Assert.Matches("^{namespace=\"team\", job(=\"plimsoll(-worker|-operator)?\"|=~\"plimsoll\\|plimsoll-worker\")[,}]", selector));
        // Prometheus names what it fetches after the Service.
        var chart = await Helm.Render(Watched);
        Assert.All(["plimsoll", "plimsoll-operator", "plimsoll-worker"], job => Assert.NotNull(chart.Find("Service", job)));
        Assert.DoesNotMatch("plimsoll-(worker|operator)", string.Concat((await Alerts([.. Watched, .. Helm.Case("small")])).Select(alert => (string?)alert["expr"])));
    }

    [Fact]
    public async Task Workers_are_missed_where_there_should_be_some()
    {
        async Task<string?> Absent(params string[] arguments) => (string?)(await Alerts([.. Watched, .. arguments])).FirstOrDefault(alert => Name(alert) == "PlimsollWorkerAbsent")?["expr"];
        Assert.DoesNotContain("queue", await Absent(), StringComparison.Ordinal);
        Assert.Contains("plimsoll_queue_oldest_seconds", await Absent(Helm.Case("scaled")), StringComparison.Ordinal);
        Assert.Null(await Absent(Helm.Case("small")));
        Assert.Null(await Absent("--set", "worker.replicas=0", "--set", "api.workers=2"));
    }

    [Fact]
    public async Task Where_there_is_no_operator_none_is_missed()
    {
        string[] about = ["PlimsollGateErrors", "PlimsollOperatorNotLeading", "PlimsollRolloutStuck"];
        Assert.Equal(about, (await Names(Watched)).Except(await Names([.. Watched, "--set", "operator.enabled=false"])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_that_is_not_wanted_is_left_out_and_the_schema_knows_the_names()
    {
        Assert.Equal((await Names(Watched)).Where(name => name != "PlimsollRedisAway"), await Names(Helm.Case("monitored")));
        Assert.All(await Alerts(Helm.Case("monitored")), alert => Assert.Equal("platform", (string?)alert["labels"]!["team"]));
        var schema = JsonNode.Parse(File.ReadAllText(Repository.At("charts/plimsoll/values.schema.json")))!;
        var known = schema["properties"]!["monitoring"]!["properties"]!["prometheusRule"]!["properties"]!["disabled"]!["items"]!["enum"]!.AsArray().Select(name => (string)name!);
        Assert.Equal((await Names(Watched)).Order(StringComparer.Ordinal), known);
    }

    // Less, and one bad run would call somebody, or a job would be due less often than is looked.
    [Fact]
    public async Task A_job_is_given_three_of_its_periods_before_it_is_said_to_fail()
    {
        var expression = (string)(await Alerts(Watched)).Single(alert => Name(alert) == "PlimsollJobFailing")["expr"]!;
        Assert.All(JobList.All, job =>
        {
            var window = JobWindow().Matches(expression).Single(match => match.Groups[2].Value == job.Name == (match.Groups[1].Value == "=") && match.Groups[3].Value == "failed");
            var cron = new CronExpression(job.Cron);
            var first = cron.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch)!.Value;
            Assert.True(3 * (cron.GetNextValidTimeAfter(first)!.Value - first) <= TimeSpan.FromHours(int.Parse(window.Groups[4].Value, CultureInfo.InvariantCulture)), job.Name);
        });
    }

    [GeneratedRegex(@"^### (Plimsoll\w+)\n(.*?)(?=^##|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("{[^}]*}")]
    private static partial Regex Selector();

    [GeneratedRegex("job_name(!?=)\"([a-z-]+)\", outcome=\"(\\w+)\"}\\[([0-9]+)h\\]")]
    private static partial Regex JobWindow();
}
