using System.Text;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Advisories.Library;
using Plimsoll.Engine.Tests.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Sboms.RoundTrip;

namespace Plimsoll.Engine.Tests.Sboms;

public sealed class SbomReaderTests
{
    static Task<Report> Read(string document) => RoundTrip.Read(Encoding.UTF8.GetBytes(document));

    static async Task<Failure> IsRefused(string document)
    {
        var report = await Read(document);
        Assert.Empty(report.Images);
        return Assert.Single(report.Failures);
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("every type")]
    [InlineData("odd")]
    [InlineData("nameless")]
    [InlineData("bare")]
    public async Task What_is_written_is_read_with_all_that_decides_what_matches(string name)
    {
        foreach (var image in (await SbomSamples.Case(name)).Images)
        {
            // No image that was inspected has a name longer than those that a document may have.
            var usable = image with { Packages = [.. image.Packages.Where(package => package.Name.Length < 4096)] };
            foreach (var form in Forms)
                Assert.Equal(Components(usable), Components(Assert.Single((await RoundTrip.Read(new Report([image], []), form)).Images)));
        }
    }

    [Fact]
    public async Task The_sample_image_has_the_same_vulnerabilities_by_its_document()
    {
        using var sample = new LibrarySample();
        sample.Import("PyPI", LibrarySample.Record("PYSEC-1", "flask", fixedIn: "3.1.0"), LibrarySample.Record("PYSEC-2", "Werkzeug", fixedIn: "99"));
        sample.Import("Debian", LibrarySample.Record("DEBIAN-CVE-2026-1", "apt", "Debian:12", fixedIn: "2.7"), LibrarySample.Record("DEBIAN-CVE-2026-2", "glibc", "Debian:12", fixedIn: "9"));
        using var library = sample.Open();
        var image = (await SbomSamples.Sample()).Images[0];
        var judged = Engine.Advisories.KnownAdvisories.Of(library, [image])!.Judge(image, LibrarySample.Now);
        Assert.True(judged.Vulnerabilities!.Count > 2);
        await Holds(judged, library);
    }

    [Fact]
    public async Task What_a_document_says_of_its_packages_beside_that_is_kept()
    {
        var odd = SbomSamples.Package("rpm", "bash", "1:5.1.8-9.el9", "GPL-3.0-or-later") with
        {
            Source = new SourcePackage("bash", "5.1.8-9.el9"), Purl = "pkg:rpm/almalinux/bash@5.1.8-9.el9?arch=x86_64&distro=almalinux-9.4&epoch=1&rpmmod=shells:5:8090&upstream=bash-5.1.8-9.el9.src.rpm",
        };
        var deb = SbomSamples.Package("deb", "libssl3", "3.0.11-1+b1", "Apache-2.0") with { Source = new SourcePackage("openssl", "3.0.11-1") };
        var python = SbomSamples.Package("pypi", "Flask", "2.0") with { OwnedBy = "python3-flask" };
        foreach (var form in Forms)
        {
            var read = Assert.Single((await RoundTrip.Read(new Report([SbomSamples.Image([deb, odd, python])], []), form)).Images);
            Assert.Equal([(deb.Purl, deb.Version, deb.Source, deb.OwnedBy), (python.Purl, python.Version, null, python.OwnedBy), (odd.Purl, odd.Version, odd.Source, null)],
                read.Packages.Select(package => (package.Purl, package.Version, package.Source, package.OwnedBy)));
            Assert.Equal("debian 12", $"{read.Config.OperatingSystem!.Id} {read.Config.OperatingSystem.VersionId}");
            Assert.Equal("Apache-2.0", Assert.Single(read.Packages[0].Licences));
            Assert.Empty(read.Layers);
            Assert.Contains(read.Notes, note => note.StartsWith("read from an SBOM", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Each_of_several_images_has_its_own_packages()
    {
        var report = new Report([SbomSamples.Image([SbomSamples.Package("npm", "left", "1")]), SbomSamples.Image([SbomSamples.Package("npm", "right", "1"), SbomSamples.Package("npm", "left", "1")], "linux/arm64")], []);
        foreach (var form in Forms)
            Assert.Equal(["left", "left right"], (await RoundTrip.Read(report, form)).Images.Select(image => string.Join(' ', image.Packages.Select(package => package.Name))));
    }

    [Fact]
    public async Task A_document_of_syft_has_the_source_in_the_package_URL()
    {
        var image = Assert.Single((await Read("""
            { "bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": { "component": { "type": "container", "name": "debian:12", "version": "sha256:1055edb55056a4058af56da35dffe56eee76e10259c229580c63bb014b245204" } },
              "components": [
                { "type": "library", "name": "libssl3", "version": "3.0.11-1", "purl": "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&upstream=openssl&distro=debian-12" },
                { "type": "library", "name": "bash", "version": "0:5.1.8-9.el9", "purl": "pkg:rpm/almalinux/bash@5.1.8-9.el9?arch=x86_64&epoch=0&distro=almalinux-9.4&upstream=bash-5.1.8-9.el9.src.rpm" },
                { "type": "library", "name": "github.com/Azure/go-autorest", "version": "v14.2.0+incompatible", "purl": "pkg:golang/github.com/azure/go-autorest@v14.2.0%2Bincompatible" },
                { "type": "library", "group": "org.apache.logging.log4j", "name": "log4j-core", "version": "2.14.1", "purl": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1" },
                { "type": "file", "name": "/etc/passwd" },
                { "type": "library", "name": "unknown" } ] }
            """)).Images);
        Assert.Equal("debian-12", image.Config.OperatingSystem!.Name);
        Assert.Equal(
        [
            new Component("Debian:12", "libssl3", "3.0.11-1", "openssl", "3.0.11-1", null, "amd64", OwnerKind.None),
            new Component("Go", "github.com/Azure/go-autorest", "v14.2.0+incompatible", "github.com/Azure/go-autorest", "v14.2.0+incompatible", null, null, OwnerKind.None),
            new Component("Maven", "org.apache.logging.log4j:log4j-core", "2.14.1", "org.apache.logging.log4j:log4j-core", "2.14.1", null, null, OwnerKind.None),
            new Component("Debian:12", "bash", "0:5.1.8-9.el9", "bash", "0:5.1.8-9.el9", null, "x86_64", OwnerKind.None),
        ], image.Packages.Select(package => Component.Of(package, image.Config.OperatingSystem)));
        Assert.Contains("1 of its entries have no package URL that can be used: nothing is known of them", image.Notes);
        Assert.Equal("sha256:1055edb55056a4058af56da35dffe56eee76e10259c229580c63bb014b245204", image.Image.ManifestDigest!.Value);
    }

    [Fact]
    public async Task A_document_of_trivy_has_the_source_in_properties_and_groups_of_its_own()
    {
        var image = Assert.Single((await Read("""
            { "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
                { "type": "operating-system", "name": "debian", "version": "12.5" },
                { "type": "library", "name": "libc-bin", "version": "2.36-9", "purl": "pkg:deb/debian/libc-bin@2.36-9?arch=amd64&distro=debian-12.5", "properties": [
                    { "name": "aquasecurity:trivy:SrcName", "value": "glibc" }, { "name": "aquasecurity:trivy:SrcVersion", "value": "2.36" },
                    { "name": "aquasecurity:trivy:SrcRelease", "value": "9" }, { "name": "aquasecurity:trivy:SrcEpoch", "value": "1" } ] },
                { "type": "library", "group": "@angular", "name": "core", "version": "1.0.0", "purl": "pkg:npm/%40angular/core@1.0.0" } ] }
            """)).Images);
        Assert.Equal([("libc-bin", new SourcePackage("glibc", "1:2.36-9")), ("@angular/core", null)], image.Packages.Select(package => (package.Name, package.Source)));
        Assert.Equal("12.5", image.Config.OperatingSystem!.VersionId);
    }

    [Fact]
    public async Task In_SPDX_with_several_containers_what_is_directly_in_none_is_not_lost()
    {
        var report = await Read("""
            { "spdxVersion": "SPDX-2.3", "packages": [
                { "SPDXID": "A", "name": "a", "primaryPackagePurpose": "CONTAINER" }, { "SPDXID": "B", "name": "b", "primaryPackagePurpose": "CONTAINER" },
                { "SPDXID": "one", "name": "one", "externalRefs": [{ "referenceType": "purl", "referenceLocator": "pkg:npm/one@1" }] },
                { "SPDXID": "two", "name": "two", "externalRefs": [{ "referenceType": "purl", "referenceLocator": "pkg:npm/two@1" }] } ],
              "relationships": [{ "spdxElementId": "A", "relationshipType": "CONTAINS", "relatedSpdxElement": "one" }, { "spdxElementId": "one", "relationshipType": "CONTAINS", "relatedSpdxElement": "two" }] }
            """);
        Assert.Equal(["one", "", "two"], report.Images.Select(image => string.Join(' ', image.Packages.Select(package => package.Name))));
    }

    [Theory]
    [InlineData("{ \"bomFormat\": \"CycloneDX\", \"\\ud800aaaaaaaaaa\": 1 }", "a name in it is no text")]
    [InlineData("{ \"\\ud800aaaaaaaaaa\": 1 }", "a name in it is no text")]
    public async Task A_name_that_is_no_text_is_refused(string document, string reason) => Assert.Equal(reason, Assert.Single((await Read(document)).Failures).Reason);

    [Fact]
    public async Task A_package_with_a_name_or_version_longer_than_any_is_left_out_and_counted()
    {
        var image = Assert.Single((await Read($$"""
            { "bomFormat": "CycloneDX", "components": [{ "type": "library", "name": "tensorflow", "version": "1.0+{{new string('a', 5000)}}", "purl": "pkg:pypi/tensorflow" }, { "type": "library", "name": "flask", "version": "1.0", "purl": "pkg:pypi/flask@1.0" }] }
            """)).Images);
        Assert.Equal(["flask"], image.Packages.Select(package => package.Name));
        Assert.Contains("1 of its entries have no package URL that can be used: nothing is known of them", image.Notes);
    }

    [Fact]
    public async Task Where_no_package_of_many_names_its_source_that_is_said()
    {
        var packages = Enumerable.Range(0, 30).Select(i => SbomSamples.Package("deb", $"package-{i}", "1")).ToList();
        Assert.Contains((await RoundTrip.Read(new Report([SbomSamples.Image(packages)], []), Forms[1])).Images[0].Notes, note => note.StartsWith("it names the source of no package", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pkg:npm/@angular/core@1.0", "@angular/core", "1.0")]
    [InlineData("PKG:npm/left-pad@1.0#lib", "left-pad", "1.0")]
    [InlineData("pkg:golang/google.golang.org/genproto@abc", "google.golang.org/genproto", "abc")]
    [InlineData("pkg:maven/org.apache/io@1%202", "org.apache:io", "1 2")]
    [InlineData("pkg:pypi/django", "django", "")]
    [InlineData("pkg:rpm/fedora/curl@7.50?epoch=2", "curl", "2:7.50")]
    public async Task A_package_URL_alone_names_the_package(string purl, string name, string version)
    {
        var package = Assert.Single(Assert.Single((await Read($$"""{ "spdxVersion": "SPDX-2.3", "packages": [{ "externalRefs": [{ "referenceType": "purl", "referenceLocator": "{{purl}}" }] }] }""")).Images).Packages);
        Assert.Equal((name, version), (package.Name, package.Version));
    }

    [Fact]
    public async Task A_name_that_the_package_URL_does_not_say_is_not_believed()
    {
        var package = Assert.Single((await Read("""{ "bomFormat": "CycloneDX", "components": [{ "type": "library", "name": "harmless", "version": "9", "purl": "pkg:npm/left-pad@1.0" }] }""")).Images[0].Packages);
        Assert.Equal(("left-pad", "1.0"), (package.Name, package.Version));
    }

    [Theory]
    [InlineData("", "it is not JSON")]
    [InlineData("{", "it is not JSON")]
    [InlineData("<bom/>", "it is not JSON")]
    [InlineData("[]", "it is neither")]
    [InlineData("null", "it is neither")]
    [InlineData("""{ "bomFormat": 7 }""", "it is neither")]
    [InlineData("""{ "spdxVersion": "SPDX-3.0" }""", "it is neither")]
    [InlineData("""{ "bomFormat": "CycloneDX", "components": [{ "type": "library", "name": "left" }] }""", "none of its packages has a package URL")]
    [InlineData("""{ "spdxVersion": "SPDX-2.3", "packages": [{ "name": "left", "externalRefs": [{ "referenceType": "purl", "referenceLocator": "left" }] }] }""", "none of its packages has a package URL")]
    public async Task What_is_no_document_of_packages_is_refused_with_a_reason(string document, string reason) => Assert.StartsWith(reason, (await IsRefused(document)).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task One_that_is_too_deep_is_refused() => await IsRefused($$"""{ "bomFormat": "CycloneDX", "components": {{new string('[', 10_000)}}""");

    [Fact]
    public async Task Members_of_the_wrong_kind_are_passed_over()
    {
        var report = await Read("""
            { "bomFormat": "CycloneDX", "metadata": [], "components": [7, null, [], { "type": {}, "name": "\ud800", "version": 1, "group": [], "purl": "pkg:npm/left@1", "properties": [{ "name": 1 }, 2], "licenses": {}, "evidence": { "occurrences": [{ "location": 3 }] } },
              { "purl": "\ud800" }, { "purl": "pkg:" }, { "purl": "pkg:/" }, { "purl": "pkg:npm" }, { "purl": "pkg:npm/%zz@%" } ] }
            """);
        Assert.Equal(["left"], Assert.Single(report.Images).Packages.Where(package => package.Version == "1").Select(package => package.Name));
    }

    [Fact]
    public async Task Damage_ends_in_a_report_or_a_reason_and_never_in_an_exception()
    {
        var dice = new Dice(7);
        foreach (var form in Forms)
        {
            var whole = FormatSamples.Written(output => form(new Report([SbomSamples.Image(SbomSamples.EveryType)], []), output));
            for (var i = 0; i < 500; i++)
            {
                var damaged = whole.ToArray();
                for (var hits = 1 + dice.Roll(5); hits > 0; hits--)
                    damaged[dice.Roll(damaged.Length)] = (byte)(dice.Roll(3) switch { 0 => dice.Roll(256), 1 => "{}[]\",:\\0"[dice.Roll(9)], _ => 32 + dice.Roll(95) });
                var report = await RoundTrip.Read(dice.Roll(4) == 0 ? damaged[..dice.Roll(damaged.Length)] : damaged);
                Assert.True(report.Images.Count + report.Failures.Count > 0);
            }
        }
    }
}
