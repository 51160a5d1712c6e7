using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Engine.Reports.GitLab;

/// <summary>
/// A report as a GitLab container-scanning report (security-report-schemas 15.0.7), for <c>artifacts:reports:container_scanning</c>. The
/// moments of the scan are that of the youngest image: the same report gives the same bytes.
/// </summary>
public static class GitLabFormat
{
    const string Version = "15.0.7";

    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes UTF-8 with a newline at the end.</summary>
    public static void Write(Report report, Stream output)
    {
        var document = new JsonObject
        {
            ["version"] = Version,
            ["schema"] = $"https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v{Version}/dist/container-scanning-report-format.json",
            ["scan"] = Scan(report),
            ["vulnerabilities"] = new JsonArray([.. report.Images.SelectMany(GitLabVulnerability.Of)]),
        };
        using (var json = new Utf8JsonWriter(output, Indented))
            document.WriteTo(json);
        output.WriteByte((byte)'\n');
    }

    static JsonObject Scan(Report report)
    {
        var moment = (report.Images.Max(image => image.Image.Created) ?? DateTimeOffset.UnixEpoch).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["analyzer"] = Tool(),
            ["scanner"] = Tool(),
            ["type"] = "container_scanning",
            ["start_time"] = moment,
            ["end_time"] = moment,
            ["status"] = report.Failures.Count == 0 ? "success" : "failure",
            ["messages"] = new JsonArray([.. Messages(report)]),
        };
    }

    static IEnumerable<JsonNode> Messages(Report report)
    {
        foreach (var failure in report.Failures)
            yield return Message("fatal", $"{failure.Image}: {failure.Reason}{(failure.Remedy is null ? "" : $": {failure.Remedy}")}");
        // An empty list would look like a promise.
        if (report.Images.Count > 0)
            foreach (var image in report.Images)
                if (image.Advisories is not { } data)
                    yield return Message("warn", $"{image.Name()}: packages were not compared with advisories: known vulnerabilities of packages are not in this report");
                else
                    foreach (var gap in data.Uncovered.Where(gap => gap.IsGap))
                        yield return Message("warn", $"{image.Name()}: the vulnerabilities of {gap.Packages} packages are not known: {gap.Reason}");
        // The form has no place for what does no harm, and whoever finds less than in another form shall know why.
        foreach (var image in report.Images)
            foreach (var one in (image.Vulnerabilities ?? []).Where(one => one.IsSetAside))
                yield return Message("info", $"{image.Name()}: {one.Id} in {one.Name} is left out: {one.Vex!.Sentence}");
        foreach (var image in report.Images)
            foreach (var note in image.Notes)
                yield return Message("warn", $"{image.Name()}: {note}");
    }

    static JsonObject Message(string level, string text) => new() { ["level"] = level, ["value"] = text };

    static JsonObject Tool() => new()
    {
        ["id"] = "plimsoll",
        ["name"] = Product.Name,
        ["version"] = Product.Version,
        ["vendor"] = new JsonObject { ["name"] = Product.Name },
    };
}
