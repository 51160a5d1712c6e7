using Plimsoll.Engine.Advisories;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Advisories.OsvJson;

namespace Plimsoll.Engine.Tests.Advisories;

/// <summary>A report and advisory data make vulnerabilities; nothing else is read.</summary>
public sealed class KnownAdvisoriesTests
{
    static readonly DateTimeOffset Now = SampleReport.Now;

    static PackageReport Package(string type, string name, string version, string purl, SourcePackage? source = null, string? ownedBy = null, int? removedIn = null, int layer = 1) =>
        new(type, name, version, purl, source, layer, ["a/file"], [], ownedBy, removedIn);

    static ImageReport Image(OsRelease? os, params PackageReport[] packages)
    {
        var report = SampleReport.Of();
        return report with { Packages = packages, Config = report.Config with { OperatingSystem = os } };
    }

    static KnownAdvisories Known(params Advisory[] advisories) => new(
        AdvisorySet.Of(advisories), advisories.SelectMany(one => one.Affected).Select(one => one.Ecosystem.Split(':')[0]).Distinct().ToDictionary(source => source, _ => Now.AddHours(-1)),
        ecosystem => advisories.SelectMany(one => one.Affected).Any(one => one.Ecosystem == ecosystem), null,
        ids => ids.Where(id => id == "CVE-2026-9").Distinct().ToDictionary(id => id, _ => new Exploitation(new DateOnly(2026, 3, 1), false, 0.9m, 0.99m)));

    static readonly OsRelease Debian = new("debian", "12", "Debian GNU/Linux 12 (bookworm)");

    static readonly Advisory OfOpenssl = About("Debian:12", "openssl", "introduced 0, fixed 3.0.8-1", "DEBIAN-CVE-2026-9", """ "upstream": ["CVE-2026-9"], "published": "2026-01-02T00:00:00Z", """);

    [Fact]
    public void A_binary_package_has_what_its_source_package_has_and_says_so()
    {
        var image = Known(OfOpenssl).Judge(Image(Debian, Package("deb", "libssl3", "3.0.7-1", "pkg:deb/debian/libssl3@3.0.7-1", new SourcePackage("openssl", null))), Now);

        var found = Assert.Single(image.Vulnerabilities!);
        Assert.Equal(("DEBIAN-CVE-2026-9", "libssl3", "3.0.7-1", "3.0.8-1", 1), (found.Id, found.Name, found.Installed, found.FixedIn, found.Layer));
        Assert.Equal(["CVE-2026-9"], found.Upstream);
        Assert.Equal((true, 0.9m), (found.KnownExploited, found.Epss));
        Assert.StartsWith("DEBIAN-CVE-2026-9 on openssl: 3.0.7-1 is before 3.0.8-1", found.Explanation[0], StringComparison.Ordinal);
        Assert.Equal((Now.AddHours(-1), 0, 0), (image.Advisories!.AsOf, image.Advisories.Uncovered.Count, image.Advisories.Undecided.Count));
    }

    [Theory]
    [InlineData(null, Severity.High, "it counts as high and not as unrated, since it is known to be exploited (KEV, 2026-03-01)")]
    [InlineData("CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", Severity.High, "it counts as high and not as low, since it is known to be exploited (KEV, 2026-03-01)")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", Severity.High, null)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", Severity.Critical, null)]
    public void What_is_known_to_be_exploited_is_at_least_high_and_says_why(string? cvss, Severity severity, string? why)
    {
        var rating = cvss is null ? "" : $$""" "severity": [{"type": "CVSS_V3", "score": "{{cvss}}"}], """;
        ImageReport Judged(string cve) => Known(About("PyPI", "flask", "introduced 0, fixed 2", "A-1", $$""" {{rating}} "aliases": ["{{cve}}"], """)).Judge(Image(null, Package("pypi", "flask", "1.0", "pkg:pypi/flask@1.0")), Now);
        var found = Assert.Single(Judged("CVE-2026-9").Vulnerabilities!);
        Assert.Equal((severity, true, cvss), (found.Severity, found.KnownExploited, found.Cvss));
        Assert.Equal(why, found.Explanation.Skip(1).SingleOrDefault());
        var calm = Assert.Single(Judged("CVE-2026-8").Vulnerabilities!);
        Assert.Equal((false, 1, found.Score), (calm.KnownExploited, calm.Explanation.Count, calm.Score));
        Assert.True(calm.Severity is null || calm.Severity <= severity);
    }

    [Fact]
    public void The_same_package_in_two_layers_is_two_rows_and_one_that_is_gone_is_none()
    {
        var image = Known(About("PyPI", "flask", "introduced 0, fixed 2")).Judge(
            Image(null, Package("pypi", "Flask", "1.0", "pkg:pypi/flask@1.0"), Package("pypi", "flask", "1.0", "pkg:pypi/flask@1.0", layer: 2), Package("pypi", "flask", "1.0", "pkg:pypi/flask@1.0", removedIn: 3)), Now);
        Assert.Equal([1, 2], image.Vulnerabilities!.Select(one => one.Layer).Order());
    }

    [Fact]
    public void What_no_data_covers_is_said_and_is_not_none()
    {
        var image = Known(OfOpenssl).Judge(
            Image(new OsRelease("gentoo", "2.14", "Gentoo"), Package("deb", "a", "1", "pkg:deb/gentoo/a@1"), Package("npm", "b", "1", "pkg:npm/b@1"), Package("npm", "c", "1", "pkg:npm/c@1"), Package("generic", "busybox", "1", "pkg:generic/busybox@1"),
                Package("pypi", "d", "1", "pkg:pypi/d@1", ownedBy: "pkg:deb/gentoo/a@1")), Now);
        Assert.Empty(image.Vulnerabilities!);
        Assert.Equal(
            [("no source of advisories covers gentoo 2.14", null, 1, true), ("nobody publishes advisories for packages of the type generic", null, 1, false), ("there is no advisory data for npm", "npm", 2, false)],
            image.Advisories!.Uncovered.Select(gap => (gap.Reason, gap.Source, gap.Packages, gap.IsDistribution)));
    }

    [Fact]
    public void A_release_that_no_record_names_is_not_covered()
    {
        var image = Known(OfOpenssl).Judge(Image(new OsRelease("debian", "8", "Debian 8"), Package("deb", "openssl", "1", "pkg:deb/debian/openssl@1")), Now);
        Assert.Equal(("there is no advisory data for Debian:8", true), Assert.Single(image.Advisories!.Uncovered) is var gap ? (gap.Reason, gap.IsGap) : default);
    }

    [Fact]
    public void To_delete_the_list_of_packages_does_not_make_them_none()
    {
        var image = Known(OfOpenssl).Judge(Image(Debian, Package("deb", "openssl", "3.0.7-1", "pkg:deb/debian/openssl@3.0.7-1", removedIn: 2), Package("deb", "curl", "1", "pkg:deb/debian/curl@1", removedIn: 2)), Now);
        Assert.Equal(("the database of the distribution's packages was deleted, and with it what they are", 2, true), Assert.Single(image.Advisories!.Uncovered) is var gap ? (gap.Reason, gap.Packages, gap.IsGap) : default);
    }

    [Fact]
    public void The_highest_of_several_fixes_mends_all_that_the_records_say()
    {
        var image = Known(About("PyPI", "flask", "introduced 0, fixed 2.10", "A-1", """ "aliases": ["CVE-2026-9"], """), About("PyPI", "flask", "introduced 0, fixed 2.9", "B-1", """ "aliases": ["CVE-2026-9"], """))
            .Judge(Image(null, Package("pypi", "flask", "1.0", "pkg:pypi/flask@1.0")), Now);
        Assert.Equal(("CVE-2026-9", "2.10", 3), Assert.Single(image.Vulnerabilities!) is var found ? (found.Id, found.FixedIn, found.Explanation.Count) : default);
    }

    [Fact]
    public void What_cannot_be_decided_is_listed_and_is_no_vulnerability()
    {
        var image = Known(About("PyPI", "flask", "introduced 0, fixed 2")).Judge(Image(null, Package("pypi", "flask", "no version", "pkg:pypi/flask@no%20version")), Now);
        Assert.Empty(image.Vulnerabilities!);
        Assert.Equal(("EX-1", "pkg:pypi/flask@no%20version"), (image.Advisories!.Undecided[0].Id, image.Advisories.Undecided[0].Package));
    }

    [Fact]
    public void Matching_again_with_newer_data_gives_what_matching_with_it_alone_gives()
    {
        var image = Image(Debian, Package("deb", "openssl", "3.0.7-1", "pkg:deb/debian/openssl@3.0.7-1"));
        var (older, newer) = (Known(OfOpenssl), Known(About("Debian:12", "openssl", "introduced 0, fixed 3.0.6-1", "DEBIAN-CVE-2026-9")));
        Assert.Equal(Json(newer.Judge(image, Now)), Json(newer.Judge(older.Judge(image, Now), Now)));
        Assert.NotEqual(Json(older.Judge(image, Now)), Json(newer.Judge(image, Now)));
    }

    static string Json(ImageReport image)
    {
        using var bytes = new MemoryStream();
        JsonFormat.Write(image, bytes);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
