using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.CycloneDx;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Engine.Vex;
using static Plimsoll.Engine.Tests.Vex.VexSamples;

namespace Plimsoll.Engine.Tests.Vex;

public sealed class CycloneDxVexTests
{
    const string Serial = "3e671687-395b-41f5-a30f-a58921a69b79";

    static string Cyclone(string analysis, string affects = "{ \"ref\": \"ssl\" }", string metadata = "", string components = "", string more = "", string version = "1.6") => $$"""
        { "bomFormat": "CycloneDX", "specVersion": "{{version}}", "serialNumber": "urn:uuid:{{Serial}}", "version": 2,
          "metadata": { "timestamp": "2026-03-01T00:00:00Z", "authors": [{ "name": "Jo" }]{{metadata}} },
          "components": [{ "type": "library", "bom-ref": "ssl", "name": "openssl", "purl": "pkg:deb/debian/openssl@3.0.7" }, { "type": "library", "bom-ref": "bare", "name": "bare" }{{components}}],
          "vulnerabilities": [{ "id": "CVE-2026-1", "references": [{ "id": "GHSA-1", "source": { "name": "GitHub" } }], "affects": [{{affects}}]{{(analysis.Length > 0 ? $", \"analysis\": {{ {analysis} }}" : "")}}{{more}} }] }
        """;

    [Theory]
    [InlineData("resolved", VexStatus.Fixed)]
    [InlineData("resolved_with_pedigree", VexStatus.Fixed)]
    [InlineData("exploitable", VexStatus.Affected)]
    [InlineData("in_triage", VexStatus.UnderInvestigation)]
    [InlineData("not_affected", VexStatus.NotAffected)]
    [InlineData("false_positive", VexStatus.NotAffected)]
    public void A_state_is_a_status(string state, VexStatus status)
    {
        foreach (var version in (string[])["1.4", "1.5", "1.6"])
        {
            var document = Document(Cyclone($"\"state\": \"{state}\", \"justification\": \"code_not_reachable\", \"detail\": \"why\", \"lastUpdated\": \"2026-03-05T00:00:00Z\"", version: version));
            Assert.Equal(($"urn:uuid:{Serial}", "CycloneDX", "Jo", "2"), (document.Id, document.Format, document.Author, document.Version));
            var statement = Assert.Single(document.Statements);
            Assert.Equal(["CVE-2026-1", "GHSA-1"], statement.Vulnerabilities);
            Assert.Equal((status, status == VexStatus.NotAffected ? "code_not_reachable" : null, "why", DateTimeOffset.Parse("2026-03-05Z", null)), (statement.Status, statement.Justification, statement.Text, statement.At));
        }
    }

    [Fact]
    public void A_false_positive_needs_no_other_reason_and_not_affected_does()
    {
        Assert.Equal("false_positive", Assert.Single(Document(Cyclone("\"state\": \"false_positive\"")).Statements).Justification);
        Assert.Equal("it says not affected, and gives neither a justification nor an impact statement", Assert.Single(Document(Cyclone("\"state\": \"not_affected\"")).Unusable).Reason);
    }

    [Fact]
    public void What_is_to_be_done_is_what_is_recommended_and_answered() => Assert.Equal(
        "update; restart; workaround available; will not fix",
        Assert.Single(Document(Cyclone("\"state\": \"exploitable\", \"response\": [\"workaround_available\", \"will_not_fix\"]", more: ", \"recommendation\": \"update\", \"workaround\": \"restart\"")).Statements).Text);

    [Theory]
    [InlineData("ssl", "pkg:deb/debian/openssl@3.0.7")]
    [InlineData("urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/2#ssl", "pkg:deb/debian/openssl@3.0.7")]
    [InlineData("pkg:npm/left-pad@1.0.0", "pkg:npm/left-pad@1.0.0")]
    public void A_component_is_named_by_its_reference_its_package_URL_or_a_link(string reference, string id) =>
        Assert.Equal([id], Assert.Single(Assert.Single(Document(Cyclone("\"state\": \"resolved\"", $"{{ \"ref\": \"{reference}\" }}")).Statements).Products).Ids);

    [Fact]
    public void A_part_of_a_document_that_is_not_here_is_about_nothing_that_can_be_told() => Assert.Equal(
        "it affects a part of a document that is not here, and nothing tells which image that is",
        Assert.Single(Document(Cyclone("\"state\": \"resolved\"", "{ \"ref\": \"urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#pkg:npm/left-pad%401.0.0\" }")).Unusable).Reason);

    [Fact]
    public void Versions_say_which_of_a_component()
    {
        var products = Assert.Single(Document(Cyclone("\"state\": \"exploitable\"", "{ \"ref\": \"ssl\", \"versions\": [{ \"version\": \"3.0.7+b\", \"status\": \"affected\" }, { \"version\": \"3.0.9\", \"status\": \"unaffected\" }, { \"version\": \"3.0.8\" }] }")).Statements).Products;
        Assert.Equal(["pkg:deb/debian/openssl@3.0.7%2Bb", "pkg:deb/debian/openssl@3.0.8"], products.Select(one => one.Ids[0]));
    }

    [Fact]
    public void What_is_stated_of_a_part_of_an_image_is_stated_of_that_image_alone()
    {
        const string Image = ", \"component\": { \"type\": \"container\", \"bom-ref\": \"shop\", \"name\": \"registry.example/shop\", \"version\": \"1.4\", \"purl\": \"pkg:oci/other@sha256:1\" }";
        var document = Cyclone("\"state\": \"resolved\"", metadata: Image);
        var product = Assert.Single(Assert.Single(Document(document).Statements).Products);
        Assert.Equal("pkg:oci/other@sha256:1 registry.example/shop:1.4 with pkg:deb/debian/openssl@3.0.7", $"{string.Join(' ', product.Ids)} with {string.Join(' ', product.Components)}");
        var found = SampleReport.Vulnerability(Severity.High);
        Assert.Equal(VexStatus.Fixed, Of(found, [], [document], "registry.example/shop:1.4")!.Status);
        Assert.Equal(["urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79 says fixed: it is about another image"], Of(found, [], [document], "registry.example/shop:1.5")!.NotApplied);
        Assert.Equal(VexStatus.Fixed, Of(found, [], [Cyclone("\"state\": \"resolved\"", "{ \"ref\": \"shop\" }", Image)], "registry.example/shop:1.4")!.Status);
    }

    [Theory]
    [InlineData("\"state\": \"safe\"", "{ \"ref\": \"ssl\" }", "", "the state of its analysis is none that CycloneDX has: safe")]
    [InlineData("\"detail\": \"x\"", "{ \"ref\": \"ssl\" }", "", "its analysis has no state")]
    [InlineData("\"state\": \"resolved\"", "", "", "it names no product")]
    [InlineData("\"state\": \"resolved\"", "{ }", "", "it affects something without a ref")]
    [InlineData("\"state\": \"resolved\"", "{ \"ref\": \"none\" }", "", "it affects a component that is not here: none")]
    [InlineData("\"state\": \"resolved\"", "{ \"ref\": \"bare\" }", "", "it affects a component without a package URL: bare")]
    [InlineData("\"state\": \"resolved\"", "{ \"ref\": \"urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1\" }", "", "it affects a whole document that is not here")]
    [InlineData("\"state\": \"resolved\"", "{ \"ref\": \"ssl\", \"versions\": [{ \"range\": \"vers:deb/<3\" }] }", "", "it names a range of versions, which is not read")]
    [InlineData("\"state\": \"resolved\"", "{ \"ref\": \"ssl\" }", ", \"component\": { \"type\": \"application\", \"name\": \"shop\" }", "it is about a part of shop, and nothing tells which image that is")]
    public void What_cannot_be_used_is_named(string analysis, string affects, string metadata, string reason) =>
        Assert.Equal([new UnusableStatement(1, "CVE-2026-1", reason)], Document(Cyclone(analysis, affects, metadata)).Unusable);

    [Fact]
    public void Without_an_analysis_it_states_nothing() => Assert.Equal("it is CycloneDX and states nothing of any vulnerability", Read(Cyclone("")).Refusal);

    [Fact]
    public void Our_own_document_with_what_was_stated_states_it_again()
    {
        var vulnerable = SbomSampleOf(SampleReport.Vulnerability(Severity.High));
        var stated = VexLedger.Of([Document(OpenVex(Statement()))]).Apply(vulnerable);
        using var bytes = new MemoryStream();
        CycloneDxFormat.Write(new Report([stated], []), bytes);
        var again = VexReader.Read(bytes.ToArray()).Document!;
        Assert.Empty(again.Unusable);
        Assert.Equal((VexStatus.NotAffected, "code_not_present"), VexLedger.Of([again]).Apply(vulnerable).Vulnerabilities![0].Vex is { } vex ? (vex.Status, vex.Justification) : default);
    }

    static ImageReport SbomSampleOf(VulnerabilityReport one) => SampleReport.With([one]) with
    {
        Packages = [new PackageReport("deb", one.Name, one.Installed, one.Package, null, one.Layer, ["var/lib/dpkg/status"], [], null, null)],
    };
}
