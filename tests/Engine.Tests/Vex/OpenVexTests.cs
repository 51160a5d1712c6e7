using Plimsoll.Engine.Vex;
using static Plimsoll.Engine.Tests.Vex.VexSamples;

namespace Plimsoll.Engine.Tests.Vex;

public sealed class OpenVexTests
{
    [Fact]
    public void A_document_says_who_states_what_of_which_product_and_when()
    {
        var document = Document("""
            { "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://vex.example/shop", "author": "Shop security", "role": "team", "timestamp": "2026-03-01T00:00:00Z", "last_updated": "2026-03-02T00:00:00Z",
              "version": 3, "tooling": "by hand", "statements": [
                { "vulnerability": { "@id": "https://nvd.example/CVE-2026-1", "name": "CVE-2026-1", "aliases": ["GHSA-1"] }, "timestamp": "2026-02-01T00:00:00Z",
                  "products": [{ "@id": "pkg:oci/shop@sha256:1", "identifiers": { "purl": "pkg:oci/shop" }, "hashes": { "sha-256": "AB" }, "subcomponents": [{ "@id": "pkg:deb/debian/openssl" }] }],
                  "status": "not_affected", "justification": "component_not_present", "impact_statement": "it is\nnot linked" },
                { "vulnerability": { "name": "CVE-2026-2" }, "products": [{ "@id": "pkg:npm/left-pad@1.0.0" }], "status": "affected", "action_statement": "update" },
                { "vulnerability": { "name": "CVE-2026-3" }, "products": [{ "@id": "pkg:npm/left-pad@1.0.1" }], "status": "fixed", "status_notes": "since then" },
                { "vulnerability": { "name": "CVE-2026-4" }, "products": [{ "@id": "pkg:npm/left-pad" }], "status": "under_investigation" }] }
            """);
        Assert.Equal(("https://vex.example/shop", "OpenVEX", "Shop security", "3"), (document.Id, document.Format, document.Author, document.Version));
        Assert.Equal(DateTimeOffset.Parse("2026-03-02Z", null), document.At);
        Assert.Empty(document.Unusable);
        var first = document.Statements[0];
        Assert.Equal(["CVE-2026-1", "GHSA-1"], first.Vulnerabilities);
        Assert.Equal((VexStatus.NotAffected, "component_not_present", "it is not linked", DateTimeOffset.Parse("2026-02-01Z", null)), (first.Status, first.Justification, first.Text, first.At));
        Assert.Equal(["pkg:oci/shop@sha256:1", "pkg:oci/shop", "sha256:ab"], first.Products[0].Ids);
        Assert.Equal(["pkg:deb/debian/openssl"], first.Products[0].Components);
        Assert.Equal(
            [(VexStatus.Affected, "update"), (VexStatus.Fixed, "since then"), (VexStatus.UnderInvestigation, null)], document.Statements.Skip(1).Select(one => (one.Status, one.Text)));
        // A statement without a time has the one at which the document was made, whenever that was changed (OpenVEX specification, "Inheritance Flow").
        Assert.All(document.Statements.Skip(1), one => Assert.Equal(DateTimeOffset.Parse("2026-03-01Z", null), one.At));
    }

    [Fact]
    public void Before_0_2_names_are_texts_and_subcomponents_those_of_the_statement()
    {
        var statement = Assert.Single(Document("""
            { "@context": "https://openvex.dev/ns", "@id": "https://vex.example/old", "author": "a", "timestamp": "2023-01-08T18:02:03.647787998-06:00", "version": "1", "statements": [
              { "vulnerability": "CVE-2026-1", "products": ["pkg:oci/shop@sha256:1", "pkg:oci/till"], "subcomponents": ["pkg:deb/debian/openssl"], "status": "fixed" }] }
            """).Statements);
        Assert.Equal(["CVE-2026-1"], statement.Vulnerabilities);
        Assert.Equal([("pkg:oci/shop@sha256:1", "pkg:deb/debian/openssl"), ("pkg:oci/till", "pkg:deb/debian/openssl")], statement.Products.Select(one => (one.Ids[0], one.Components[0])));
    }

    [Theory]
    [InlineData("""{ "products": [{ "@id": "pkg:npm/a" }], "status": "fixed" }""", null, "it names no vulnerability")]
    [InlineData("""{ "vulnerability": "CVE-1", "status": "fixed" }""", "CVE-1", "it names no product")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [], "status": "fixed" }""", "CVE-1", "it names no product")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "@id": "https://shop.example/" }], "status": "fixed" }""", "CVE-1", "its products are named by nothing that an image or a package is known by here")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "identifiers": { "cpe23": "cpe:2.3:a:b:c:1:*:*:*:*:*:*:*" } }], "status": "fixed" }""", "CVE-1", "one of its products is named by nothing")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "@id": "pkg:oci/a", "subcomponents": [{ "@id": "libssl" }] }], "status": "fixed" }""", "CVE-1", "its subcomponents have no package URL: libssl")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "@id": "pkg:npm/a" }] }""", "CVE-1", "it has no status")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "@id": "pkg:npm/a" }], "status": "harmless" }""", "CVE-1", "its status is none that OpenVEX has: harmless")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "@id": "pkg:npm/a" }], "status": "not_affected" }""", "CVE-1", "it says not affected, and gives neither a justification nor an impact statement")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "@id": "pkg:npm/a" }], "status": "not_affected", "justification": "trust_me" }""", "CVE-1", "its justification is none that OpenVEX has: trust_me")]
    [InlineData("""{ "vulnerability": 1, "products": [{ "@id": "pkg:npm/a" }], "status": "fixed" }""", null, "its vulnerability is neither a text nor an object")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": {}, "status": "fixed" }""", "CVE-1", "its products is not a list")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [1], "status": "fixed" }""", "CVE-1", "one of its products is named by nothing")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "@id": "pkg:npm/a" }], "status": true }""", "CVE-1", "its status is not a text")]
    [InlineData("""{ "vulnerability": "CVE-1", "products": [{ "@id": "pkg:npm/a" }], "status": "fixed", "timestamp": "yesterday" }""", "CVE-1", "its timestamp is not a time")]
    [InlineData("""{ "vulnerability": "\ud800", "products": [{ "@id": "pkg:npm/a" }], "status": "fixed" }""", null, "its vulnerability is no text")]
    [InlineData("7", null, "it has no status")]
    public void A_statement_that_cannot_be_used_is_named_and_the_others_are_used(string statement, string? vulnerability, string reason)
    {
        var document = Document(OpenVex($"{statement}, {Statement()}"));
        Assert.Equal([new UnusableStatement(1, vulnerability, reason)], document.Unusable);
        Assert.Equal(1, document.UnusableCount);
        Assert.Single(document.Statements);
    }

    [Fact]
    public void An_impact_statement_is_reason_enough()
    {
        var statement = Assert.Single(Document(OpenVex(Statement(more: "\"justification\": \"ours\", \"impact_statement\": \"nobody can reach it\""))).Statements);
        Assert.Equal((null, "nobody can reach it"), (statement.Justification, statement.Text));
    }
}
