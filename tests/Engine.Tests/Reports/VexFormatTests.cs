using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.CycloneDx;
using Plimsoll.Engine.Reports.GitLab;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Engine.Reports.JUnit;
using Plimsoll.Engine.Reports.Sarif;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Engine.Tests.Reports;

/// <summary>What each format makes of what is stated of a vulnerability.</summary>
public sealed class VexFormatTests
{
    const string Sentence = "not affected (vulnerable code not present) as team-a states in https://vex.example/1: it is <not> linked";

    static readonly Report Stated = new(
        [SampleReport.With(
        [
            SampleReport.Vulnerability(Severity.High) with { Vex = Of(VexStatus.NotAffected, "vulnerable_code_not_present", "it is <not> linked") },
            SampleReport.Vulnerability(Severity.High, "CVE-2026-2") with { Vex = Of(VexStatus.UnderInvestigation, null, null) },
            SampleReport.Vulnerability(Severity.High, "CVE-2026-3") with { Vex = new VexReport(null, null, null, null, null, null, null, null, ["https://vex.example/1 says fixed: it is about another image"]) },
        ])], []);

    static VexReport Of(VexStatus status, string? justification, string? text) => new(status, justification, text, "CVE-2026-1", "pkg:deb/debian/openssl", "https://vex.example/1", "team-a", SampleReport.Now, []);

    static string Text(Action<Report, Stream> write) => Encoding.UTF8.GetString(FormatSamples.Written(output => write(Stated, output)));

    static JsonNode Json(Action<Report, Stream> write) => JsonNode.Parse(Text(write))!;

    [Fact]
    public void JSON_has_all_that_is_stated()
    {
        var found = Json(JsonFormat.Write)["images"]![0]!["vulnerabilities"]!.AsArray();
        Assert.Equal("not_affected vulnerable_code_not_present pkg:deb/debian/openssl team-a", string.Join(' ', new[] { "status", "justification", "product", "author" }.Select(name => (string?)found[0]!["vex"]![name])));
        Assert.Equal("under_investigation", (string?)found[1]!["vex"]!["status"]);
        Assert.Equal((null, "https://vex.example/1 says fixed: it is about another image"), ((string?)found[2]!["vex"]!["status"], (string?)found[2]!["vex"]!["notApplied"]![0]));
    }

    [Fact]
    public void SARIF_suppresses_it_with_the_reason_and_says_of_the_others_that_they_are_not()
    {
        var results = Json(SarifFormat.Write)["runs"]![0]!["results"]!.AsArray();
        Assert.Equal($$"""[{"kind":"external","status":"accepted","justification":"{{Sentence}}"}]""", results[0]!["suppressions"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.All(results.Skip(1), one => Assert.Equal("[]", one!["suppressions"]!.ToJsonString()));
        Assert.StartsWith("under investigation", (string?)results[1]!["properties"]!["vex"], StringComparison.Ordinal);
    }

    [Fact]
    public void GitLab_leaves_it_out_and_says_so()
    {
        var document = Json(GitLabFormat.Write);
        Assert.Equal(["CVE-2026-2", "CVE-2026-3"], document["vulnerabilities"]!.AsArray().Select(one => (string)one!["identifiers"]![0]!["value"]!));
        Assert.Contains(document["scan"]!["messages"]!.AsArray(), one => (string)one!["level"]! == "info" && ((string)one["value"]!).EndsWith($"CVE-2026-1 in openssl is left out: {Sentence}", StringComparison.Ordinal));
    }

    [Fact]
    public void CycloneDX_has_its_analysis()
    {
        var found = Json(CycloneDxFormat.Write)["vulnerabilities"]!.AsArray();
        Assert.Equal(["not_affected", "in_triage", null], found.Select(one => (string?)one!["analysis"]?["state"]));
        Assert.Equal(("code_not_present", Sentence), ((string?)found[0]!["analysis"]!["justification"], (string?)found[0]!["analysis"]!["detail"]));
    }

    [Fact]
    public void JUnit_fails_for_the_others_alone() => Assert.Equal(
        "2 known vulnerabilities are in the image", (string?)XDocument.Parse(Text(JUnitFormat.Write)).Descendants("testcase").Single(one => (string?)one.Attribute("classname") == "plimsoll.vulnerabilities").Element("failure")!.Attribute("message"));

    [Fact]
    public void Markdown_and_the_page_show_it_apart_and_struck()
    {
        var text = new StringWriter();
        MarkdownFormat.Write(Stated, text);
        Assert.Contains("| high | <code>CVE-2026-2</code>, under investigation | <code>openssl</code> |", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("### Put aside by VEX", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("| high | ~~<code>CVE-2026-1</code>~~ | <code>openssl</code> | <code>3.0.7</code> | not affected", text.ToString(), StringComparison.Ordinal);
        var page = Text(HtmlFormat.Write);
        Assert.Contains("<li><del>CVE-2026-1</del> in <code>openssl 3.0.7</code>: not affected (vulnerable code not present) as team-a states in https://vex.example/1: it is &lt;not&gt; linked. It is about <code>pkg:deb/debian/openssl</code>.</li>", page, StringComparison.Ordinal);
        Assert.Contains("VEX that does not hold here: https://vex.example/1 says fixed: it is about another image", page, StringComparison.Ordinal);
    }
}
