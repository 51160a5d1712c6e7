using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.CycloneDx;
using Plimsoll.Engine.Reports.GitLab;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Engine.Reports.Sarif;
using Plimsoll.Engine.Tests.Advisories.Library;
using Plimsoll.Engine.Tests.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Advisories.InspectedImage;

namespace Plimsoll.Engine.Tests.Bases;

/// <summary>Which vulnerabilities are the base's, and that every form says it.</summary>
public sealed class AttributionTests
{
    static readonly BaseImage Debian = new("debian:12", Digest.Of("debian"u8), 1, BaseEvidence.Given);

    /// <summary>Two of the base, of which one is mended later, and one of the application.</summary>
    static ImageReport Report(BaseImage? known) => SampleReport.With(
    [
        SampleReport.Vulnerability(Severity.High), SampleReport.Vulnerability(Severity.High, "CVE-2026-2", "zlib", fixedIn: null), SampleReport.Vulnerability(Severity.Low, "CVE-2026-3", "flask") with { Layer = 1 },
        SampleReport.Vulnerability(Severity.Low, "CVE-2026-4", unconfirmed: true),
    ]).WithBase(known);

    [Fact]
    public void The_layer_that_brought_a_package_tells_whose_its_vulnerabilities_are()
    {
        Assert.Equal([true, true, false, true], Report(Debian).Vulnerabilities!.Select(one => one.FromBase));
        Assert.All(Report(Debian with { Layers = null }).Vulnerabilities!, one => Assert.Null(one.FromBase));
        Assert.All(Report(null).Vulnerabilities!, one => Assert.Null(one.FromBase));
    }

    [Fact]
    public void How_many_are_the_bases_is_said_with_what_a_newer_one_may_mend()
    {
        Assert.Equal("2 of 3 come from the base image debian:12 (layer 0): a newer one may mend 1 of them", BaseShare.Of(Report(Debian))!.ToString());
        Assert.Equal("3 of 3 come from the base image debian:12 (layers 0 to 1): a newer one may mend 2 of them", BaseShare.Of(Report(Debian with { Layers = 2 }))!.ToString());
        Assert.Equal("none of 1 comes from the base image debian:12 (layer 0)", BaseShare.Of(SampleReport.With([SampleReport.Vulnerability(Severity.Low) with { Layer = 1 }]).WithBase(Debian))!.ToString());
        Assert.Equal("1 of 1 comes from the base image debian:12 (layer 0): no fix is named for any of them", BaseShare.Of(SampleReport.With([SampleReport.Vulnerability(Severity.Low, fixedIn: null)]).WithBase(Debian))!.ToString());
        Assert.Null(BaseShare.Of(Report(Debian with { Layers = null })));
        Assert.Null(BaseShare.Of(SampleReport.Of().WithBase(Debian)));
    }

    [Fact]
    public void A_policy_that_fails_advises_a_newer_base()
    {
        var policy = new Policy("strict", new PolicyLimits(null, null, null, null), new VulnerabilityRules(Severity.High, false, 0, false, null, null), null, null, [], []);
        var rule = Assert.Single(Gate.Decide(Report(Debian), policy, SampleReport.Now).Rules, rule => rule.Rule == "vulnerabilities.failOn");
        Assert.Equal("update openssl to 3.0.8; no fix is named for zlib (CVE-2026-2); a newer base image than debian:12 may mend 1 of 2", rule.Advice);
        Assert.DoesNotContain("base image", Assert.Single(Gate.Decide(Report(null), policy, SampleReport.Now).Rules, one => one.Rule == "vulnerabilities.failOn").Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_an_upper_layer_updated_is_the_applications()
    {
        using var sample = new LibrarySample();
        sample.Import("Debian", LibrarySample.Record("DEBIAN-CVE-2026-1", "openssl", "Debian:12"), LibrarySample.Record("DEBIAN-CVE-2026-2", "zlib", "Debian:12"));
        static string Status(string openssl) => $"Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: {openssl}\n\nPackage: zlib\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.2\n\n";
        var lower = Os("debian", "12").File("var/lib/dpkg/status", Status("1.0")).Tar();
        var (report, _) = await TestImage.Inspect(TestImage.Tar(new TestImage(lower, new TestLayer().File("var/lib/dpkg/status", Status("1.1")).Tar()).BuildKit()));
        using var library = sample.Open();
        var image = report.Images[0].WithBase(Debian);
        var judged = Engine.Advisories.KnownAdvisories.Of(library, [image])!.Judge(image, LibrarySample.Now);

        Assert.Equal([("openssl", false), ("zlib", true)], judged.Vulnerabilities!.Select(one => (one.Name, one.FromBase is true)).Order());
    }

    [Fact]
    public void Every_form_says_it()
    {
        var report = new Report([Report(Debian)], []);
        string Text(Action<Report, Stream> write) => Encoding.UTF8.GetString(FormatSamples.Written(output => write(report, output)));
        var text = new StringWriter();
        MarkdownFormat.Write(report, text);
        Assert.Contains("Of the vulnerabilities, 2 of 3 come from the base image debian:12 (layer 0)", text.ToString().Replace("&#58;", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("| 0 (base) |", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("Of these, 2 of 3 come from the base image debian:12 (layer 0)", Text(HtmlFormat.Write), StringComparison.Ordinal);
        Assert.Contains("layer 0 (base image): ", Text(GitLabFormat.Write), StringComparison.Ordinal);
        var run = JsonNode.Parse(Text(SarifFormat.Write))!["runs"]![0]!;
        Assert.Equal(1, (int?)run["properties"]!["base"]!["layers"]);
        Assert.Equal(2, run["results"]!.AsArray().Count(one => (bool?)one!["properties"]!["fromBase"] is true));
        var json = JsonNode.Parse(Text(JsonFormat.Write))!["images"]![0]!;
        Assert.Equal("""{"name":"debian:12","digest":"DIGEST","layers":1,"by":"given"}""".Replace("DIGEST", Debian.Digest!.Value, StringComparison.Ordinal), json["base"]!.ToJsonString());
        Assert.Equal([true, true, false, true], json["vulnerabilities"]!.AsArray().Select(one => (bool)one!["fromBase"]!));
    }

    [Fact]
    public void An_SBOM_has_it_as_properties_of_the_image_and_of_its_packages()
    {
        var report = new Report([SbomSamples.Image([SbomSamples.Package("deb", "zlib", "1") with { Layer = 0 }, SbomSamples.Package("pypi", "flask", "1")]).WithBase(Debian)], []);
        var document = JsonNode.Parse(SbomSamples.Written(report, CycloneDxFormat.Write))!;
        static string? Property(JsonNode component, string name) => (string?)component["properties"]!.AsArray().SingleOrDefault(one => (string)one!["name"]! == $"plimsoll:{name}")?["value"];
        Assert.Equal(("debian:12", Debian.Digest!.Value, "1"), (Property(document["metadata"]!["component"]!, "baseName"), Property(document["metadata"]!["component"]!, "baseDigest"), Property(document["metadata"]!["component"]!, "baseLayers")));
        Assert.Equal(["true", "false"], document["components"]!.AsArray().Where(one => (string)one!["type"]! == "library").Select(one => Property(one!, "fromBase")));
    }
}
