using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Engine.Vex;
using static Plimsoll.Engine.Tests.Vex.VexSamples;

namespace Plimsoll.Engine.Tests.Vex;

public sealed class CsafTests
{
    /// <summary>A document with a tree of every kind.</summary>
    static string Csaf(string status, string remarks = "", string more = "") => $$"""
        { "document": { "category": "csaf_vex", "csaf_version": "2.0", "title": "t", "publisher": { "category": "vendor", "name": "Vendor", "namespace": "https://vendor.example/" },
            "tracking": { "id": "VEX-1", "version": "2", "status": "final", "initial_release_date": "2026-01-01T00:00:00Z", "current_release_date": "2026-03-01T00:00:00Z" } },
          "product_tree": {
            "branches": [{ "category": "vendor", "name": "Vendor", "branches": [
              { "category": "product_version", "name": "openssl", "product": { "product_id": "SSL", "name": "openssl 3.0.7", "product_identification_helper": { "purl": "pkg:deb/debian/openssl@3.0.7" } } },
              { "category": "product_name", "name": "OS", "product": { "product_id": "OS", "name": "Vendor OS 9", "product_identification_helper": { "cpe": "cpe:/o:vendor:os:9" } } }] }],
            "full_product_names": [
              { "product_id": "ANY", "name": "openssl", "product_identification_helper": { "purl": "pkg:deb/debian/openssl" } },
              { "product_id": "IMAGE", "name": "shop", "product_identification_helper": { "purl": "pkg:oci/shop", "hashes": [{ "filename": "m", "file_hashes": [{ "algorithm": "sha256", "value": "AB" }] }] } }],
            "relationships": [
              { "category": "default_component_of", "product_reference": "SSL", "relates_to_product_reference": "OS", "full_product_name": { "product_id": "OS:SSL", "name": "n" } },
              { "category": "default_component_of", "product_reference": "ANY", "relates_to_product_reference": "OS", "full_product_name": { "product_id": "OS:ANY", "name": "n" } },
              { "category": "default_component_of", "product_reference": "SSL", "relates_to_product_reference": "IMAGE", "full_product_name": { "product_id": "IMAGE:SSL", "name": "n" } }],
            "product_groups": [{ "group_id": "G", "product_ids": ["SSL", "ANY"] }]{{more}} },
          "vulnerabilities": [{ "cve": "CVE-2026-1", "ids": [{ "system_name": "tracker", "text": "BUG-1" }], "product_status": { {{status}} }{{remarks}} }] }
        """;

    [Theory]
    [InlineData("fixed", VexStatus.Fixed)]
    [InlineData("first_fixed", VexStatus.Fixed)]
    [InlineData("known_affected", VexStatus.Affected)]
    [InlineData("first_affected", VexStatus.Affected)]
    [InlineData("last_affected", VexStatus.Affected)]
    [InlineData("under_investigation", VexStatus.UnderInvestigation)]
    public void A_list_of_products_is_a_statement_with_what_is_to_be_done(string list, VexStatus status)
    {
        var document = Document(Csaf($"\"{list}\": [\"SSL\"]", ", \"remediations\": [{ \"category\": \"vendor_fix\", \"details\": \"update it\", \"product_ids\": [\"SSL\"] }]"));
        Assert.Equal(("https://vendor.example/VEX-1", "CSAF", "Vendor", "2", DateTimeOffset.Parse("2026-03-01Z", null)), (document.Id, document.Format, document.Author, document.Version, document.At));
        var statement = Assert.Single(document.Statements);
        Assert.Equal(["CVE-2026-1", "BUG-1"], statement.Vulnerabilities);
        Assert.Equal((status, null, "update it"), (statement.Status, statement.Justification, statement.Text));
        Assert.Equal(["pkg:deb/debian/openssl@3.0.7"], Assert.Single(statement.Products).Ids);
    }

    [Fact]
    public void Flags_justify_and_threats_tell_the_impact_for_the_products_that_they_name()
    {
        var document = Document(Csaf(
            "\"known_not_affected\": [\"SSL\", \"ANY\", \"IMAGE\"]",
            ", \"flags\": [{ \"label\": \"vulnerable_code_not_present\", \"group_ids\": [\"G\"] }], \"threats\": [{ \"category\": \"impact\", \"details\": \"not reached\", \"product_ids\": [\"IMAGE\"] }, { \"category\": \"exploit_status\", \"details\": \"none\" }]"));
        Assert.Equal([("vulnerable_code_not_present", null, 2), (null, "not reached", 1)], document.Statements.Select(one => (one.Justification, one.Text, one.Products.Count)));
        Assert.Equal(["pkg:oci/shop", "sha256:ab"], document.Statements[1].Products[0].Ids);
    }

    [Fact]
    public void What_is_not_affected_for_no_reason_is_not_used_and_the_rest_is()
    {
        var document = Document(Csaf("\"known_not_affected\": [\"SSL\"], \"fixed\": [\"ANY\"], \"recommended\": [\"SSL\"]"));
        Assert.Equal([new UnusableStatement(1, "CVE-2026-1", "it says not affected, and gives neither a justification nor an impact statement")], document.Unusable);
        Assert.Equal(VexStatus.Fixed, Assert.Single(document.Statements).Status);
    }

    [Fact]
    public void A_relationship_is_a_component_of_an_image_or_on_a_platform()
    {
        var products = Assert.Single(Document(Csaf("\"fixed\": [\"OS:SSL\", \"OS:ANY\", \"IMAGE:SSL\", \"OS\"]")).Statements).Products;
        Assert.Equal(
            [("pkg:deb/debian/openssl@3.0.7", null, "Vendor OS 9"), ("pkg:deb/debian/openssl", null, "Vendor OS 9"), ("pkg:oci/shop", "pkg:deb/debian/openssl@3.0.7", null)],
            products.Select(one => (one.Ids[0], one.Components is [var first, ..] ? first : null, one.Within)));
    }

    [Theory, InlineData("pkg:maven/org.example/door@1.0", false), InlineData("pkg:deb/debian/door@1.0", true)]
    public void A_library_in_a_product_that_cannot_be_told_is_not_that_library_everywhere(string package, bool holds)
    {
        var document = $$"""
            { "document": { "csaf_version": "2.0", "publisher": { "namespace": "https://vendor.example", "name": "V" }, "tracking": { "id": "L-1", "current_release_date": "2026-03-01T00:00:00Z", "version": "1" } },
              "product_tree": { "full_product_names": [{ "product_id": "LOG", "name": "door", "product_identification_helper": { "purl": "{{package}}" } }, { "product_id": "ACME", "name": "Acme" }],
                "relationships": [{ "category": "default_component_of", "product_reference": "LOG", "relates_to_product_reference": "ACME", "full_product_name": { "product_id": "ACME:LOG", "name": "door in Acme" } }] },
              "vulnerabilities": [{ "cve": "CVE-2026-1", "product_status": { "known_not_affected": ["ACME:LOG"] }, "flags": [{ "label": "vulnerable_code_not_in_execute_path", "product_ids": ["ACME:LOG"] }] }] }
            """;
        Assert.Equal(holds, Of(SampleReport.Vulnerability(Severity.High) with { Package = package }, document)!.Status == VexStatus.NotAffected);
    }

    [Fact]
    public void A_flag_of_a_group_that_is_not_there_is_no_reason_for_all()
    {
        var document = Document($$"""
            { "document": { "csaf_version": "2.0", "publisher": { "namespace": "https://vendor.example" }, "tracking": { "id": "L-1", "current_release_date": "2026-03-01T00:00:00Z", "version": "1" } },
              "product_tree": { "full_product_names": [{ "product_id": "A", "name": "a", "product_identification_helper": { "purl": "pkg:npm/a@1" } }] },
              "vulnerabilities": [{ "cve": "CVE-2026-1", "product_status": { "known_not_affected": ["A"] }, "flags": [{ "label": "component_not_present", "group_ids": ["nowhere"] }] }] }
            """);
        Assert.Equal("it says not affected, and gives neither a justification nor an impact statement", Assert.Single(document.Unusable).Reason);
    }

    [Fact]
    public void On_a_platform_that_cannot_be_told_a_version_of_a_package_holds_and_all_versions_do_not()
    {
        var found = SampleReport.Vulnerability(Severity.High);
        Assert.Equal(VexStatus.Fixed, Of(found, Csaf("\"fixed\": [\"OS:SSL\"]"))!.Status);
        var any = Of(found, Csaf("\"fixed\": [\"OS:ANY\"]"))!;
        Assert.Null(any.Status);
        Assert.Equal(["https://vendor.example/VEX-1 says fixed: it is about all versions on Vendor OS 9, and nothing tells whether that is this image"], any.NotApplied);
    }

    [Theory]
    [InlineData("\"fixed\": [\"OS\", \"NOBODY\"]", "its products have neither a package URL nor a hash in the product tree")]
    [InlineData("\"fixed\": \"SSL\"", "its fixed is not a list")]
    [InlineData("\"fixed\": [1]", "its fixed is not a text")]
    public void Products_that_nothing_tells_are_named(string status, string reason) => Assert.Equal(reason, Assert.Single(Document(Csaf(status)).Unusable).Reason);

    [Theory]
    [InlineData(", \"full_product_names\": [{ \"product_id\": \"SSL\", \"name\": \"x\" }]")]
    public void A_member_that_is_there_twice_makes_it_no_document(string more) => Assert.Contains("names a member twice", Read(Csaf("\"fixed\": [\"SSL\"]", more: more)).Refusal, StringComparison.Ordinal);

    [Fact]
    public void One_id_for_two_products_could_state_of_one_what_is_meant_of_the_other() => Assert.Equal(
        "its product tree has two products with the product_id SSL", Read(Csaf("\"fixed\": [\"SSL\"]").Replace("\"product_id\": \"ANY\"", "\"product_id\": \"SSL\"", StringComparison.Ordinal)).Refusal);
}
