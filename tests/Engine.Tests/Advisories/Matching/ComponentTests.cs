using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Tests.Advisories.Matching;

public sealed class ComponentTests
{
    [Theory]
    [InlineData("almalinux", "9.4", "AlmaLinux:9")]
    [InlineData("rocky", "8.10", "Rocky Linux:8")]
    [InlineData("rhel", "9.4", "Red Hat:enterprise_linux:9")]
    [InlineData("alpine", "3.20.3", "Alpine:v3.20")]
    [InlineData("debian", "12", "Debian:12")]
    [InlineData("debian", null, "Debian:sid")]
    [InlineData("ubuntu", "24.04", "Ubuntu:24.04:LTS")]
    [InlineData("ubuntu", "23.04", "Ubuntu:23.04")]
    [InlineData("ubuntu", "24.10", "Ubuntu:24.10")]
    [InlineData("opensuse-leap", "15.6", "openSUSE:Leap 15.6")]
    [InlineData("opensuse-tumbleweed", "20260101", "openSUSE:Tumbleweed")]
    [InlineData("sles", "15.5", "SUSE:15 SP5")]
    [InlineData("sles", "15", "SUSE:15")]
    [InlineData("wolfi", "20230201", "Wolfi")]
    [InlineData("chainguard", "20230214", "Chainguard")]
    [InlineData("mageia", "9", "Mageia:9")]
    [InlineData("azurelinux", "3.0", "Azure Linux:3")]
    public void A_distribution_has_an_ecosystem_of_its_release(string id, string? version, string ecosystem) =>
        Assert.Equal(new Distribution(ecosystem, null), Distribution.Of(new OsRelease(id, version, id)));

    [Theory]
    [InlineData("fedora", "43", "no source of advisories covers fedora 43")]
    [InlineData("amzn", "2023", "no source of advisories covers amzn 2023")]
    [InlineData("arch", null, "no source of advisories covers arch")]
    [InlineData("alpine", "3.23_alpha20250612", "no source of advisories covers alpine 3.23_alpha20250612")]
    [InlineData("almalinux", null, "no source of advisories covers almalinux")]
    public void A_distribution_that_no_source_covers_is_said_to_be_so(string id, string? version, string reason) =>
        Assert.Equal(new Distribution(null, reason), Distribution.Of(new OsRelease(id, version, id)));

    [Fact]
    public void An_image_without_os_release_has_no_distribution() => Assert.NotNull(Distribution.Of(null).NoSource);

    [Fact]
    public void A_package_of_Debian_has_its_source_at_the_version_of_the_source() => Assert.Equal(
        new Component("Debian:12", "libssl3", "3.0.11-1+b1", "openssl", "3.0.11-1", null, "amd64", OwnerKind.None),
        Component.Of(new InstalledPackage("deb", "libssl3", "3.0.11-1+b1") { Architecture = "amd64", Source = new SourcePackage("openssl", "3.0.11-1") }, null, Debian));

    [Fact]
    public void A_source_rpm_has_the_epoch_that_its_name_leaves_out() => Assert.Equal(
        new Component("Rocky Linux:9", "openssl-libs", "1:3.0.7-27.el9", "openssl", "1:3.0.7-27.el9", null, null, OwnerKind.None),
        Component.Of(new InstalledPackage("rpm", "openssl-libs", "1:3.0.7-27.el9") { Source = new SourcePackage("openssl", "3.0.7-27.el9") }, null, new OsRelease("rocky", "9.4", "Rocky")));

    [Fact]
    public void A_package_of_a_report_is_the_component_that_its_evidence_was()
    {
        var (os, package) = (new OsRelease("almalinux", "8.10", "Alma"), new InstalledPackage("rpm", "nodejs", "1:18.12.1-2.module_el8.7.0+3370+a9")
        {
            Architecture = "x86_64",
            Source = new SourcePackage("nodejs", "18.12.1-2.module_el8.7.0+3370+a9"),
            Qualifiers = [new("epoch", "1"), new("rpmmod", "nodejs:18:8070020230120:a75119d5")],
        });
        var report = new PackageReport(package.Type, package.Name, package.Version, PackageUrl.Of(package, os), package.Source, 0, ["var/lib/rpm/Packages"], [], null, null);

        Assert.Equal("nodejs:18", Component.Of(package, null, os).Stream);
        Assert.Equal(Component.Of(package, null, os), Component.Of(report, os));
    }

    [Fact]
    public void A_package_of_a_language_has_the_same_key_in_every_image() => Assert.Equal(
        Component.Of(new InstalledPackage("npm", "door", "1.0.0"), null, Debian),
        Component.Of(new InstalledPackage("npm", "door", "1.0.0") { Licences = ["MIT"], Inside = "app.jar" }, null, new OsRelease("alpine", "3.20.1", "Alpine")));

    [Theory]
    [InlineData("debian", MatchOutcome.NotAffected, "a package of the distribution brought it, and the distribution's advisories say what is wrong with that")]
    [InlineData("fedora", MatchOutcome.Unknown, "a package of the distribution brought it, perhaps with a fix of its own, and no source has that distribution's advisories")]
    public void What_a_package_of_the_distribution_brought_is_not_held_against_the_language(string os, MatchOutcome outcome, string reason)
    {
        var (advisory, package) = (OsvJson.About("PyPI", "urllib3", "introduced 0, fixed 2.0"), new InstalledPackage("pypi", "urllib3", "1.26.12"));

        var owned = Matches.Of(advisory, Component.Of(package, "python3-urllib3", new OsRelease(os, "12", os)));

        Assert.Equal((outcome, reason), (owned.Outcome, owned.Explanation.Reason));
        Assert.Equal(MatchOutcome.Affected, Matches.Of(advisory, Component.Of(package, null, new OsRelease(os, "12", os))).Outcome);
    }

    [Fact]
    public void A_program_that_no_package_brought_is_of_no_ecosystem() =>
        Assert.Null(Component.Of(new InstalledPackage("generic", "node", "18.0.0"), null, Debian).Ecosystem);

    static OsRelease Debian { get; } = new("debian", "12", "Debian");
}
