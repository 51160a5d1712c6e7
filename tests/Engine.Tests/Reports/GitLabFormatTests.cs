using System.Text;
using System.Text.Json.Nodes;
using NJsonSchema;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.GitLab;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class GitLabFormatTests
{
    static string Json(Report report) => Encoding.UTF8.GetString(FormatSamples.Written(output => GitLabFormat.Write(report, output)));

    static List<JsonNode> Vulnerabilities(Report report) => [.. JsonNode.Parse(Json(report))!["vulnerabilities"]!.AsArray().Select(one => one!)];

    static Report Of(params Finding[] findings) => new([SampleReport.Of(findings: findings)], []);

    [Theory]
    [InlineData("web app")]
    [InlineData("bare")]
    [InlineData("hostile")]
    [InlineData("stated")]
    public async Task It_fits_what_the_schema_of_GitLab_demands(string report)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.At("tests/Engine.Tests/Reports/gitlab-container-scanning.schema.json"), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(Json(report switch { "web app" => await FormatSamples.WebApp(), "bare" => FormatSamples.Bare(), "stated" => SbomSamples.Stated(), _ => FormatSamples.Hostile() })));
        Assert.NotEmpty(schema.Validate("""{ "version": "15.0.7", "vulnerabilities": [] }"""));
    }

    /// <summary>GitLab keeps one of those that agree in scanner, first identifier, image and package, and drops the rest.</summary>
    [Fact]
    public async Task No_two_are_the_same_to_GitLab()
    {
        var all = Vulnerabilities(await FormatSamples.WebApp());
        Assert.True(all.Count > 4);
        Assert.Equal(all.Count, all.Select(one => $"{one["identifiers"]![0]}{one["location"]!["image"]}{one["location"]!["dependency"]!["package"]!["name"]}").Distinct().Count());
        Assert.Equal(all.Count, all.Select(one => (string?)one["id"]).Distinct().Count());
    }

    [Fact]
    public void A_check_is_one_vulnerability_with_all_its_places()
    {
        var one = Assert.Single(Vulnerabilities(Of(
            SampleReport.Finding("setuid-setgid", Severity.Medium, "usr/bin/su is setuid: user 0"), SampleReport.Finding("setuid-setgid", Severity.Medium, "usr/bin/mount is setuid: user 0"))));
        Assert.Equal("plimsoll_check", (string?)one["identifiers"]![0]!["type"]);
        Assert.Equal("setuid-setgid", (string?)one["identifiers"]![0]!["value"]);
        Assert.Equal("Medium", (string?)one["severity"]);
        Assert.Contains("layer 1: usr/bin/mount is setuid: user 0", (string)one["description"]!, StringComparison.Ordinal);
        Assert.Contains("layer 1: usr/bin/su is setuid: user 0", (string)one["description"]!, StringComparison.Ordinal);
        Assert.Contains("Whoever runs such a program has the owner's rights", (string)one["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_at_fault_is_the_image()
    {
        var location = Vulnerabilities(Of(SampleReport.Finding("sudo", Severity.Medium)))[0]["location"]!;
        Assert.Equal("docker.io/shop/web", (string?)location["dependency"]!["package"]!["name"]);
        Assert.Equal("1", (string?)location["dependency"]!["version"]);
        Assert.Equal("shop/web:1", (string?)location["image"]);
    }

    [Fact]
    public void What_is_below_medium_is_no_vulnerability() =>
        Assert.Empty(Vulnerabilities(Of(SampleReport.Finding("healthcheck", Severity.Low), SampleReport.Finding("shell-present", Severity.Info))));

    [Fact]
    public void Every_secret_is_one_whatever_its_severity()
    {
        var one = Assert.Single(Vulnerabilities(new Report([SampleReport.Of(secrets: [SampleReport.Secret(Severity.Low)])], [])));
        Assert.Equal("plimsoll_secret", (string?)one["identifiers"]![0]!["type"]);
        Assert.Contains("env TOKEN = abcd", (string)one["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_fails_the_scan_and_is_a_fatal_message()
    {
        var scan = JsonNode.Parse(Json(FormatSamples.Bare()))!["scan"]!;
        Assert.Equal("failure", (string?)scan["status"]);
        Assert.Contains(scan["messages"]!.AsArray(), message => (string?)message!["level"] == "fatal" && (string?)message["value"] == "web.tar: it is empty: make it again");
    }

    [Fact]
    public void An_empty_list_does_not_promise_that_there_are_no_vulnerabilities() =>
        Assert.Contains("not compared with advisories", Json(Of()), StringComparison.Ordinal);

    [Fact]
    public void Text_of_the_image_is_no_markdown_in_a_description() => Assert.All(Vulnerabilities(FormatSamples.Hostile()), one =>
    {
        Assert.DoesNotContain("[a](", (string)one["description"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", (string)one["description"]!, StringComparison.Ordinal);
    });

    [Fact]
    public async Task The_moment_is_that_of_the_image_and_the_same_image_gives_the_same_bytes()
    {
        var report = await FormatSamples.WebApp();
        Assert.Equal(Json(report), Json(await FormatSamples.WebApp()));
        Assert.Equal("2025-10-06T09:31:17", (string?)JsonNode.Parse(Json(report))!["scan"]!["end_time"]);
    }
}
