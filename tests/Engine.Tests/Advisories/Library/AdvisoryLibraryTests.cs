using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Library;

public sealed class AdvisoryLibraryTests : IDisposable
{
    readonly LibrarySample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void An_update_of_a_distribution_is_found_by_the_CVEs_that_it_is_only_related_to_and_is_not_one_problem_with_them()
    {
        _sample.Import("AlmaLinux", LibrarySample.Record("ALSA-2026:1", "openssl", "AlmaLinux:9", more: """ "related": ["CVE-2026-1", "CVE-2026-2"], """));
        _sample.Import("PyPI", LibrarySample.Record("PYSEC-1", more: """ "aliases": ["CVE-2026-1"], """));
        using var library = _sample.Open();

        Assert.Equal(["ALSA-2026:1", "PYSEC-1"], library.Find("CVE-2026-1").Select(advisory => advisory.Id));
        Assert.Equal(["ALSA-2026:1"], library.Find("cve-2026-2").Select(advisory => advisory.Id));
        var set = library.For([LibrarySample.Installed("openssl", "AlmaLinux:9")]);
        Assert.Equal(["ALSA-2026:1"], set.Aliases.Names("ALSA-2026:1"));
        Assert.Equal(["CVE-2026-1", "CVE-2026-2", "PYSEC-1"], set.Aliases.Upstream("ALSA-2026:1"));
    }

    [Fact]
    public void Only_records_about_the_packages_are_read()
    {
        _sample.Import(null, LibrarySample.Record("PYSEC-1"), LibrarySample.Record("PYSEC-2", "Django"), LibrarySample.Record("GHSA-1", "flask", "npm"));

        Assert.Equal(["PYSEC-1"], _sample.About("Flask"));
        Assert.Equal(["PYSEC-2"], _sample.About("django"));
        Assert.Equal(["GHSA-1"], _sample.About("flask", "npm"));
        Assert.Empty(_sample.About("flas"));
        Assert.Empty(_sample.About("zlib"));
    }

    [Fact]
    public void A_package_of_a_distribution_is_found_by_its_source()
    {
        _sample.Import("Debian", LibrarySample.Record("DSA-1", "openssl", "Debian:12"));
        using var library = _sample.Open();

        var set = library.For([LibrarySample.Installed("libssl3", "Debian:12") with { SourceName = "openssl", SourceVersion = "1" }]);

        Assert.Equal("DSA-1", Assert.Single(set.Advisories).Id);
    }

    [Fact]
    public void Names_of_a_problem_are_whole_although_the_records_that_tell_them_are_about_other_packages()
    {
        _sample.Import(null,
            LibrarySample.Record("PYSEC-1", more: """ "aliases": ["GHSA-1"], """), LibrarySample.Record("GHSA-1", "other", "npm", more: """ "aliases": ["CVE-2026-0001"], """),
            LibrarySample.Record("UBUNTU-1", "flask", "Ubuntu:24.04:LTS", more: """ "upstream": ["GHSA-1"], """));
        using var library = _sample.Open();

        Assert.Equal(["CVE-2026-0001", "GHSA-1", "PYSEC-1"], library.For([LibrarySample.Installed("flask")]).Aliases.Names("PYSEC-1"));
        Assert.Equal(["CVE-2026-0001", "GHSA-1", "PYSEC-1"], library.For([LibrarySample.Installed("flask", "Ubuntu:24.04:LTS")]).Aliases.Upstream("UBUNTU-1"));
    }

    [Fact]
    public void A_problem_is_found_by_any_of_its_names()
    {
        _sample.Import(null,
            LibrarySample.Record("PYSEC-1", more: """ "aliases": ["GHSA-1"], """), LibrarySample.Record("GHSA-1", "other", "npm", more: """ "aliases": ["CVE-2026-0001"], """),
            LibrarySample.Record("DEBIAN-1", "flask", "Debian:12", more: """ "upstream": ["CVE-2026-0001"], """), LibrarySample.Record("PYSEC-2", more: """ "related": ["PYSEC-1"], """));
        using var library = _sample.Open();

        foreach (var name in new[] { "PYSEC-1", "GHSA-1", "ghsa-1", "CVE-2026-0001", "cve-2026-0001" })
            Assert.Equal(["DEBIAN-1", "GHSA-1", "PYSEC-1"], library.Find(name).Select(advisory => advisory.Id));
        Assert.Equal(["PYSEC-2"], library.Find("PYSEC-2").Select(advisory => advisory.Id));
        Assert.Empty(library.Find("CVE-2026-0002"));
    }

    [Fact]
    public void A_record_of_two_ecosystems_is_in_both_and_its_later_edition_counts()
    {
        _sample.Import("PyPI", LibrarySample.Record("GHSA-1"), LibrarySample.Record("GHSA-2"));
        _sample.Import("npm", LibrarySample.Record("GHSA-1", "other", "npm", "2026-02-01T00:00:00Z"));

        Assert.Equal(["GHSA-2"], _sample.About("flask"));
        Assert.Equal(["GHSA-1"], _sample.About("other", "npm"));
        using var library = _sample.Open();
        Assert.Equal("npm", Assert.Single(Assert.Single(library.Find("GHSA-1")).Affected).Ecosystem);
    }

    [Fact]
    public void Its_sources_say_what_they_are_and_the_oldest_says_how_old_it_is()
    {
        var old = LibrarySample.Now.AddDays(-3);
        _sample.ImportZip(_sample.Zip(LibrarySample.Record("PYSEC-1"), LibrarySample.Record("PYSEC-2", modified: "2026-03-01T10:00:00.123Z"), "{}", "[]", "{}"), "PyPI");
        _sample.ImportZip(_sample.Zip(LibrarySample.Record("GHSA-1", ecosystem: "npm")), "npm", asOf: old);
        using var library = _sample.Open();

        Assert.Equal(old, library.AsOf);
        Assert.Equal(new AdvisorySource(SourceKind.Advisories, "PyPI", 2, 3, new DateTimeOffset(2026, 3, 1, 10, 0, 0, 123, TimeSpan.Zero), LibrarySample.From()), library.Sources[0]);
        Assert.Equal(["PyPI", "npm"], library.Sources.Select(source => source.Name));
    }

    [Fact]
    public void Where_there_is_none_that_is_what_is_wrong()
    {
        var (library, problem, isMissing) = AdvisoryLibrary.Open(_sample.Path);

        Assert.Null(library);
        Assert.True(isMissing);
        Assert.Equal($"{_sample.Path} is not there", problem);
    }

    [Fact]
    public void What_follows_from_what_follows_is_found_too()
    {
        using var sample = new LibrarySample();
        sample.Import("PyPI", LibrarySample.Record("EX-1", more: "\"upstream\": [\"CVE-2026-1\", \"CVE-2026-2\"],"), LibrarySample.Record("EX-2", more: "\"upstream\": [\"EX-1\"],"),
            LibrarySample.Record("EX-3", more: "\"upstream\": [\"CVE-2026-2\"],"), LibrarySample.Record("EX-4", more: "\"upstream\": [\"EX-2\"],"));
        using var library = sample.Open();
        Assert.Equal(["EX-1", "EX-2", "EX-4"], library.Find("CVE-2026-1").Select(advisory => advisory.Id));
        Assert.Equal(["EX-1", "EX-2", "EX-3", "EX-4"], library.Find(["CVE-2026-1", "CVE-2026-2"]).Select(advisory => advisory.Id));
    }
}
