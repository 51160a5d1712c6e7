using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Vex;
using static Plimsoll.Engine.Tests.Samples.SampleReport;
using static Plimsoll.Engine.Tests.Vex.VexSamples;

namespace Plimsoll.Engine.Tests.Vex;

public sealed class VexLedgerTests
{
    static readonly Digest Manifest = Digest.Of("manifest"u8);

    [Theory]
    [InlineData("pkg:deb/debian/openssl", null)]
    [InlineData("pkg:deb/debian/openssl@3.0.7", null)]
    [InlineData("pkg:deb/debian/openssl@3.0.7?arch=amd64", null)]
    [InlineData("pkg:DEB/Debian/OpenSSL@3.0.7?arch=amd64#usr/lib", null)]
    [InlineData("pkg:deb/debian/openssl@3.0.7?arch=amd64&upstream=openssl-source%403.0.7", null)]
    [InlineData("pkg:deb/debian/openssl@3.0.8", "it is about version 3.0.8, and 3.0.7 is installed")]
    [InlineData("pkg:deb/debian/openssl?arch=arm64", "it is about arch=arm64, and the installed package has arch=amd64")]
    [InlineData("pkg:deb/debian/openssl@3.0.7?arch=amd64&distro=debian-12", "it is about distro=debian-12, and the installed package says nothing of its distro")]
    [InlineData("pkg:deb/ubuntu/openssl@3.0.7", "it is about other packages")]
    [InlineData("pkg:deb/debian/openssl-tools", "it is about other packages")]
    [InlineData("pkg:oci/shop@sha256:1", "it is about another image")]
    public void A_package_URL_is_about_what_has_all_that_it_says(string product, string? whyNot)
    {
        var vex = OfProduct(product)!;
        Assert.Equal(whyNot is null ? VexStatus.NotAffected : null, vex.Status);
        Assert.Equal(whyNot is null ? [] : [$"https://vex.example/1 says not affected: {whyNot}"], vex.NotApplied);
    }

    [Theory]
    [InlineData("pkg:rpm/redhat/openssl@3.0.7-1.el9?arch=x86_64&epoch=1", "pkg:rpm/rhel/openssl@3.0.7-1.el9?arch=x86_64&distro=rhel-9.4&epoch=1")]
    [InlineData("pkg:pypi/Some_Thing.x@1.0RC1", "pkg:pypi/some-thing.x@1.0rc1")]
    [InlineData("pkg:npm/%40scope/name@1.0.0", "pkg:npm/%40scope/name@1.0.0")]
    [InlineData("pkg:npm/@scope/name", "pkg:npm/%40scope/name@1.0.0")]
    [InlineData("pkg:golang/GitHub.com/Owner/Repo@v1.0.0", "pkg:golang/github.com/owner/repo@v1.0.0")]
    [InlineData("pkg:deb/debian/bash@1:5.2-1+b1", "pkg:deb/debian/bash@1:5.2-1%2Bb1?arch=amd64")]
    [InlineData("pkg:maven/org.apache/commons@1.0?type=", "pkg:maven/org.apache/commons@1.0")]
    public void One_package_is_one_however_its_URL_is_written(string stated, string installed) =>
        Assert.Equal(VexStatus.NotAffected, Of(Vulnerability(Severity.High) with { Package = installed }, OpenVex(Statement(stated)))!.Status);

    [Theory]
    [InlineData("sha256:MANIFEST", true)]
    [InlineData("pkg:oci/shop@sha256%3AMANIFEST?repository_url=elsewhere.example/shop", true)]
    [InlineData("pkg:docker/team/shop@sha256:MANIFEST", true)]
    [InlineData("registry.example/team/shop:1.4", true)]
    [InlineData("elsewhere.example/x@sha256:MANIFEST", true)]
    [InlineData("registry.example/team/shop:1.5", false)]
    [InlineData("registry.example/team/shop", false)]
    [InlineData("pkg:oci/shop", true)]
    [InlineData("pkg:oci/shop?tag=1.4", true)]
    [InlineData("pkg:oci/shop?repository_url=registry.example/team/shop&tag=1.4", true)]
    [InlineData("pkg:oci/shop?repository_url=registry.example/other/shop", false)]
    [InlineData("pkg:oci/shop?tag=1.5", false)]
    [InlineData("pkg:oci/shop@sha256:0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("pkg:docker/team/shop@1.4", false)]
    [InlineData("pkg:docker/team/shop@1.4?repository_url=https://registry.example", true)]
    [InlineData("sha256:INDEX", true)]
    public void An_image_is_known_by_its_digests_and_by_the_names_that_it_was_inspected_by(string product, bool holds)
    {
        var index = Digest.Of("index"u8);
        var document = OpenVex(Statement(product.Replace("sha256:MANIFEST", Manifest.Value, StringComparison.Ordinal).Replace("sha256%3AMANIFEST", $"sha256%3A{Manifest.Hex}", StringComparison.Ordinal).Replace("sha256:INDEX", index.Value, StringComparison.Ordinal)));
        var vex = Of(Vulnerability(Severity.High), [$"registry.example/team/shop@{index}"], [document], "registry.example/team/shop:1.4", Manifest)!;
        Assert.Equal(holds ? VexStatus.NotAffected : null, vex.Status);
        if (!holds)
            Assert.Equal(["https://vex.example/1 says not affected: it is about another image"], vex.NotApplied);
    }

    [Theory]
    [InlineData("pkg:deb/debian/openssl", VexStatus.NotAffected, null)]
    [InlineData("pkg:deb/debian/openssl@3.0.9", null, "it is about version 3.0.9, and 3.0.7 is installed")]
    [InlineData("pkg:deb/debian/zlib", null, "it is about other packages")]
    public void Of_an_image_only_the_components_are_meant_that_are_named(string component, VexStatus? status, string? whyNot)
    {
        var document = OpenVex(Statement().Replace($"\"@id\": \"{Package}\"", $"\"@id\": \"{Manifest}\", \"subcomponents\": [{{ \"@id\": \"{component}\" }}]", StringComparison.Ordinal));
        var vex = Of(Vulnerability(Severity.High), [], [document], null, Manifest)!;
        Assert.Equal((status, whyNot is null ? null : $"https://vex.example/1 says not affected: {whyNot}"), (vex.Status, vex.NotApplied is [var first, ..] ? first : null));
    }

    [Fact]
    public void What_is_stated_of_a_part_of_a_package_is_not_stated_of_the_image()
    {
        var document = OpenVex(Statement().Replace($"\"@id\": \"{Package}\"", "\"@id\": \"pkg:npm/shop@1.0.0\", \"subcomponents\": [{ \"@id\": \"pkg:deb/debian/openssl\" }]", StringComparison.Ordinal));
        Assert.Equal(["https://vex.example/1 says not affected: it is about this package as a part of another one, and not as a part of this image"], Of(Vulnerability(Severity.High), document)!.NotApplied);
    }

    [Theory, InlineData("x/y@sha256:STATED"), InlineData("sha256:STATED"), InlineData("registry.example/team/shop:1.4")]
    public void What_an_archive_calls_its_image_is_nothing_that_it_is_known_by(string reference)
    {
        var report = With([Vulnerability(Severity.High)]);
        report = report with { Image = report.Image with { Reference = reference.Replace("sha256:STATED", Manifest.Value, StringComparison.Ordinal) } };
        var ledger = VexLedger.Of([Document(OpenVex($"{Statement(Manifest.Value)}, {Statement("registry.example/team/shop:1.4")}"))]);
        Assert.Null(ledger.Apply(report, []).Vulnerabilities![0].Vex!.Status);
        Assert.Equal(VexStatus.NotAffected, ledger.Apply(report, ["registry.example/team/shop:1.4"]).Vulnerabilities![0].Vex!.Status);
    }

    [Fact]
    public void A_record_about_several_CVEs_is_put_aside_where_all_of_them_are()
    {
        var found = Vulnerability(Severity.High, aliases: ["CVE-2026-2", "GHSA-1"]);
        var one = OpenVex(Statement());
        var vex = Of(found, one)!;
        Assert.Null(vex.Status);
        Assert.Equal(["https://vex.example/1 says not affected of CVE-2026-1, and of CVE-2026-2, which the same record is about, nothing like it is stated"], vex.NotApplied);
        Assert.Equal(VexStatus.NotAffected, Of(found, OpenVex($"{Statement()}, {Statement(vulnerability: "CVE-2026-2")}"))!.Status);
        Assert.Null(Of(found, OpenVex($"{Statement()}, {Statement(status: "affected", more: "\"action_statement\": \"update\"", vulnerability: "CVE-2026-2")}")) is { Status: VexStatus.NotAffected or VexStatus.Fixed } aside ? aside : null);
        // Of one CVE any of its names tells.
        Assert.Equal(VexStatus.NotAffected, Of(Vulnerability(Severity.High, aliases: ["GHSA-1"]), OpenVex(Statement(vulnerability: "GHSA-1")))!.Status);
    }

    [Fact]
    public void The_latest_statement_holds_and_of_equally_late_ones_the_most_cautious()
    {
        var found = Vulnerability(Severity.High);
        string Of(string status, int day, string id) => OpenVex(Statement(status: status), id, at: $"2026-03-0{day}T00:00:00Z");
        Assert.Equal((VexStatus.Affected, "https://vex.example/b"), VexSamples.Of(found, Of("not_affected", 1, "https://vex.example/a"), Of("affected", 2, "https://vex.example/b")) is { } later ? (later.Status, later.Document) : default);
        Assert.Equal(VexStatus.NotAffected, VexSamples.Of(found, Of("not_affected", 3, "a"), Of("affected", 2, "b"))!.Status);
        string[] all = ["not_affected", "fixed", "under_investigation", "affected"];
        for (var cautious = 0; cautious < all.Length; cautious++)
            for (var other = 0; other <= cautious; other++)
                foreach (var (one, two) in ((string, string)[])[(all[cautious], all[other]), (all[other], all[cautious])])
                    Assert.Equal((VexStatus)cautious, VexSamples.Of(found, Of(one, 1, "a"), Of(two, 1, "b"))!.Status);
    }

    [Fact]
    public void A_vulnerability_goes_by_all_its_names() => Assert.Equal(
        ("GHSA-1", "pkg:deb/debian/openssl", "team-a", "vulnerable_code_not_present"),
        Of(Vulnerability(Severity.High, aliases: ["GHSA-1"]), OpenVex(Statement("pkg:deb/debian/openssl", vulnerability: "ghsa-1"))) is { } vex ? (vex.Vulnerability, vex.Product, vex.Author, vex.Justification) : default);

    [Fact]
    public void An_update_that_mends_several_problems_is_put_aside_where_all_of_them_are()
    {
        var update = Vulnerability(Severity.High, "ALSA-1", upstream: ["CVE-2026-1", "CVE-2026-2", "GHSA-1"]);
        var one = Of(update, OpenVex(Statement()))!;
        Assert.Null(one.Status);
        Assert.Equal(["https://vex.example/1 says not affected of CVE-2026-1, which is one of 2 that it follows from, and of CVE-2026-2 nothing is stated"], one.NotApplied);
        Assert.Equal((VexStatus.NotAffected, "CVE-2026-1, CVE-2026-2"), Of(update, OpenVex($"{Statement()}, {Statement(vulnerability: "CVE-2026-2")}")) is { } both ? (both.Status, both.Vulnerability) : default);
        Assert.Equal(VexStatus.Fixed, Of(update, OpenVex($"{Statement()}, {Statement(status: "fixed", vulnerability: "CVE-2026-2")}"))!.Status);
        Assert.Equal(VexStatus.Affected, Of(update, OpenVex($"{Statement()}, {Statement(status: "affected", vulnerability: "CVE-2026-2")}"))!.Status);
        Assert.Equal(VexStatus.NotAffected, Of(update, OpenVex(Statement(vulnerability: "ALSA-1")))!.Status);
    }

    [Fact]
    public void A_statement_without_a_reason_does_not_hold_and_is_told_of()
    {
        var vex = Of(Vulnerability(Severity.High), OpenVex(Statement(more: "")))!;
        Assert.Null(vex.Status);
        Assert.Equal(["https://vex.example/1 cannot be used: it says not affected, and gives neither a justification nor an impact statement"], vex.NotApplied);
    }

    [Fact]
    public void Of_many_statements_that_do_not_hold_the_nearest_are_told()
    {
        var all = string.Join(',', Enumerable.Range(0, 9).Select(i => Statement($"pkg:deb/debian/openssl@4.{i}")).Append(Statement("pkg:npm/x")));
        var reasons = Of(Vulnerability(Severity.High), OpenVex(all))!.NotApplied;
        Assert.Equal(("https://vex.example/1 says not affected: it is about version 4.0, and 3.0.7 is installed", "and 6 more do not hold here", 5), (reasons[0], reasons[^1], reasons.Count));
    }

    [Fact]
    public void What_nothing_is_stated_of_stays_as_it_is()
    {
        Assert.Null(Of(Vulnerability(Severity.High, "CVE-2026-9"), OpenVex(Statement())));
        var report = With([Vulnerability(Severity.High)]);
        Assert.Same(report, VexLedger.Empty.Apply(report));
        Assert.Null(VexLedger.Of([Document(OpenVex(Statement()))]).Apply(Of()).Vulnerabilities);
    }

    [Fact]
    public void A_record_that_cannot_be_decided_may_be_stated_too()
    {
        var report = With([], undecided: [new("CVE-2026-1", Severity.High, Package, "because")]);
        Assert.Equal(VexStatus.NotAffected, VexLedger.Of([Document(OpenVex(Statement()))]).Apply(report).Advisories!.Undecided[0].Vex!.Status);
    }

    [Theory]
    [InlineData("pkg:")]
    [InlineData("pkg:deb")]
    [InlineData("pkg:deb/")]
    [InlineData("pkg:/x")]
    [InlineData("pkg:deb/debian/openssl%")]
    [InlineData("pkg:deb/@@@?&=&=x#")]
    public void A_package_URL_that_is_none_is_about_nothing(string product) => Assert.NotEqual(VexStatus.NotAffected, Of(Vulnerability(Severity.High), OpenVex($"{Statement(product)}, {Statement("pkg:npm/x")}"))!.Status);
}
