using System.Text.RegularExpressions;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>What a process answers at <c>/metrics</c>, asked as Prometheus asks.</summary>
internal sealed partial class LiveMetrics
{
    /// <summary>What Prometheus Operator gives each series; a label of ours with such a name would be renamed.</summary>
    public static readonly IReadOnlyList<string> OfTargets = ["namespace", "service", "pod", "job", "instance", "container", "endpoint"];

    readonly List<(string Name, Dictionary<string, string> Labels)> _series;

    LiveMetrics(List<(string, Dictionary<string, string>)> series) => _series = series;

    public IEnumerable<string> Labels => _series.SelectMany(one => one.Labels.Keys).Distinct();

    public static async Task<LiveMetrics> Of(HttpClient http, Uri process)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(process, "/metrics"));
        request.Headers.Accept.ParseAdd("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("application/openmetrics-text", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
        return new LiveMetrics([.. Line().Matches(text).Select(line => (line.Groups[1].Value, Label().Matches(line.Groups[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value)))]);
    }

    public bool Has(Selected wanted) => _series.Exists(one => one.Name == wanted.Metric && wanted.Matchers.All(matcher => OfTargets.Contains(matcher.Label) || matcher.Takes(one.Labels.GetValueOrDefault(matcher.Label, ""))));

    public bool HasLabel(string metric, string label) => _series.Exists(one => one.Name == metric && one.Labels.ContainsKey(label));

    [GeneratedRegex(@"^(\w+)(?:\{([^\n]*)\})? \S+", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Label();
}
