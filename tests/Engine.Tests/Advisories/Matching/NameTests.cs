using Plimsoll.Engine.Advisories.Matching;

namespace Plimsoll.Engine.Tests.Advisories.Matching;

/// <summary>Which packages a record is about: ecosystem, release, name.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("PyPI", "Zope.Interface", "zope-interface", true)]
    [InlineData("PyPI", "zope__interface", "Zope.-interface", true)]
    [InlineData("NuGet", "Newtonsoft.Json", "newtonsoft.json", true)]
    [InlineData("Packagist", "Symfony/HTTP-Kernel", "symfony/http-kernel", true)]
    [InlineData("npm", "JSONStream", "jsonstream", false)]
    [InlineData("Go", "github.com/BurntSushi/toml", "github.com/burntsushi/toml", false)]
    [InlineData("Maven", "org.door:hinge", "org.door:hinge", true)]
    [InlineData("Maven", "org.door:hinge", "hinge", false)]
    [InlineData("crates.io", "door_hinge", "door-hinge", false)]
    public void A_name_is_compared_in_the_form_of_its_ecosystem(string ecosystem, string recorded, string installed, bool same) =>
        Assert.Equal(!same, Matches.None(OsvJson.About(ecosystem, recorded, "introduced 0"), Matches.Component(ecosystem, installed, "1.0.0")));

    [Theory]
    [InlineData("Debian:12", "Debian:12", true)]
    [InlineData("Debian:12", "Debian:13", false)]
    [InlineData("Debian", "Debian:12", false)]
    [InlineData("Alpine", "Alpine:v3.20", false)]
    [InlineData("Alpine:v3.2", "Alpine:v3.20", false)]
    [InlineData("Ubuntu:Pro:22.04:LTS", "Ubuntu:22.04:LTS", false)]
    [InlineData("Red Hat:enterprise_linux:9::appstream", "Red Hat:enterprise_linux:9", true)]
    [InlineData("Red Hat:enterprise_linux:8::appstream", "Red Hat:enterprise_linux:9", false)]
    [InlineData("Red Hat:rhel_eus:9.2::baseos", "Red Hat:enterprise_linux:9", false)]
    [InlineData("SUSE:Linux Enterprise Module for Basesystem 15 SP5", "SUSE:15 SP5", true)]
    [InlineData("SUSE:Linux Enterprise Server 15 SP5-LTSS", "SUSE:15 SP5", true)]
    [InlineData("SUSE:Linux Enterprise Server 15 SP6", "SUSE:15 SP5", false)]
    [InlineData("SUSE:Linux Enterprise Micro 5.5", "SUSE:15 SP5", false)]
    [InlineData("PyPI", "npm", false)]
    [InlineData("pypi", "PyPI", false)]
    public void A_release_is_compared_with_its_suffix(string recorded, string installed, bool same) =>
        Assert.Equal(!same, Matches.None(OsvJson.About(recorded, "door", "introduced 0"), Matches.Component(installed, "door", "1.0.0")));

    [Theory]
    // A security team names the source, at the source's version; a rebuild of the binary is no other version.
    [InlineData("Debian:12", "openssl", true)]
    [InlineData("Debian:12", "libssl3", false)]
    [InlineData("Ubuntu:24.04:LTS", "openssl", true)]
    [InlineData("Ubuntu:24.04:LTS", "libssl3", false)]
    [InlineData("Alpine:v3.20", "openssl", true)]
    [InlineData("Alpine:v3.20", "libssl3", false)]
    [InlineData("Wolfi", "openssl", true)]
    [InlineData("Wolfi", "libssl3", true)]
    [InlineData("Chainguard", "libssl3", true)]
    [InlineData("AlmaLinux:9", "openssl", false)]
    [InlineData("AlmaLinux:9", "libssl3", true)]
    [InlineData("Red Hat:enterprise_linux:9", "libssl3", true)]
    [InlineData("Rocky Linux:9", "openssl", true)]
    [InlineData("openSUSE:Leap 15.6", "openssl", true)]
    public void A_package_of_a_distribution_is_looked_up_by_the_name_that_its_records_use(string ecosystem, string recorded, bool found)
    {
        var matches = AdvisorySet.Of([OsvJson.About(ecosystem, recorded, "introduced 0, fixed 2.0-r0")]).Match(Matches.Component(ecosystem, "libssl3", "3.0-r1", "openssl", "1.0-r1"), Matches.Now);

        Assert.Equal(found, matches.Count == 1);
        Assert.All(matches, match => Assert.Equal(recorded == "openssl" ? (MatchOutcome.Affected, "1.0-r1") : (MatchOutcome.NotAffected, "3.0-r1"), (match.Outcome, match.Explanation.Version)));
    }
}
