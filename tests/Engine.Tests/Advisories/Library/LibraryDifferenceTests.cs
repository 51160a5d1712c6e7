using System.Text;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Library;

public sealed class LibraryDifferenceTests : IDisposable
{
    readonly LibrarySample _before = new(), _after = new();

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
    }

    [Fact]
    public void A_record_that_was_added_changed_or_vanished_is_listed_with_the_packages_of_both_editions()
    {
        _before.Import("PyPI", [.. LibrarySample.Records(40), LibrarySample.Record("PYSEC-A", "Old_Name"), LibrarySample.Record("PYSEC-B", "gone")]);
        _after.Import("PyPI", [.. LibrarySample.Records(40), LibrarySample.Record("PYSEC-A", "new", modified: "2026-02-01T00:00:00Z"), LibrarySample.Record("PYSEC-C", "came")]);

        Assert.Equal(["Changed PYSEC-A PyPI/new PyPI/old-name", "Vanished PYSEC-B PyPI/gone", "Added PYSEC-C PyPI/came"], Changes());
    }

    [Theory]
    [InlineData("""  "withdrawn": "2026-02-01T00:00:00Z",  """, false)]
    [InlineData("""  "aliases": ["CVE-2026-0001"],  """, false)]
    [InlineData("""  "upstream": ["CVE-2026-0001"],  """, false)]
    [InlineData("""  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],  """, false)]
    [InlineData("""  "summary": "nodejs:18 security update",  """, false)]
    [InlineData("""  "database_specific": {"review_status": "UNREVIEWED"},  """, false)]
    [InlineData("""  "summary": "It is worse than we thought",  """, true)]
    [InlineData("""  "published": "2025-02-01T00:00:00Z",  """, true)]
    [InlineData("""  "related": ["GHSA-1"],  """, true)]
    public void What_people_read_alone_is_told_apart_from_what_decides_matches(string more, bool isText)
    {
        _before.Import("PyPI", LibrarySample.Record("PYSEC-1"));
        _after.Import("PyPI", LibrarySample.Record("PYSEC-1", modified: "2026-02-01T00:00:00Z", more: more));

        Assert.Equal([$"Changed PYSEC-1 PyPI/flask{(isText ? " (text)" : "")}"], Changes());
    }

    [Fact]
    public void What_another_source_still_has_has_not_vanished_and_the_later_edition_counts()
    {
        var (early, late) = (LibrarySample.Record("GHSA-1"), LibrarySample.Record("GHSA-1", fixedIn: "3", modified: "2026-05-01T00:00:00Z"));
        _before.Import("PyPI", [early, .. LibrarySample.Records(20)]);
        _before.Import("npm", late);
        _after.Import("PyPI", LibrarySample.Records(20));
        _after.Import("npm", late);
        Assert.Empty(Changes());

        _after.Import("PyPI", [LibrarySample.Record("GHSA-1", "django", modified: "2026-06-01T00:00:00Z"), .. LibrarySample.Records(20)]);
        Assert.Equal(["Changed GHSA-1 PyPI/django PyPI/flask"], Changes());
    }

    [Fact]
    public void A_first_library_is_all_added()
    {
        _after.Import("PyPI", LibrarySample.Records(5000));
        using var after = _after.Open();
        var difference = LibraryDifference.Between(null, after);

        Assert.Equal(5000, difference.Records.Count(change => change is { Kind: RecordChangeKind.Added, TextAlone: false, Packages.Count: 1 }));
        Assert.Equal(difference.Records.Select(change => change.Id).Order(StringComparer.Ordinal), difference.Records.Select(change => change.Id));
    }

    [Fact]
    public void What_came_into_the_catalogue_of_exploited_vulnerabilities_and_left_it_is_listed()
    {
        Know(_before, "CVE-2026-0001", "CVE-2026-0002");
        Know(_after, "CVE-2026-0002", "CVE-2026-0004", "CVE-2026-0003");
        using var before = _before.Open();
        using var after = _after.Open();
        var difference = LibraryDifference.Between(before, after);

        Assert.Equal(["CVE-2026-0003", "CVE-2026-0004"], difference.Exploited);
        Assert.Equal(["CVE-2026-0001"], difference.NoLongerExploited);
        Assert.Empty(LibraryDifference.Between(after, after).Exploited);
    }

    [Fact]
    public void The_keys_of_a_record_are_those_of_a_package_that_it_is_found_by()
    {
        _after.Import("PyPI", LibrarySample.Record("PYSEC-1", "Zope.Interface"));
        using var after = _after.Open();

        Assert.Equal(PackageKeys.Of(LibrarySample.Installed("zope-interface")), LibraryDifference.Between(null, after).Records[0].Packages);
    }

    [Fact]
    public void Only_what_changed_is_decoded_so_that_damage_elsewhere_is_no_matter_and_damage_there_is_told()
    {
        _before.Import("PyPI", LibrarySample.Records(50));
        File.Copy(_before.Path, _after.Path);
        using (var before = _before.Open())
        using (var same = _after.Open())
            Assert.Empty(LibraryDifference.Between(before, same).Records);
        _after.Import("PyPI", [.. LibrarySample.Records(50), LibrarySample.Record("PYSEC-99")]);
        var bytes = _after.Bytes;
        bytes[100] ^= 1;
        File.WriteAllBytes(_after.Path, bytes);
        using var old = _before.Open();
        using var after = _after.Open();

        Assert.Throws<DamagedLibraryException>(() => LibraryDifference.Between(old, after));
    }

    IEnumerable<string> Changes()
    {
        using var before = _before.Open();
        using var after = _after.Open();
        return [.. LibraryDifference.Between(before, after).Records.Select(change =>
            $"{change.Kind} {change.Id} {string.Join(' ', change.Packages.Select(key => key.Replace('\0', '/')))}{(change.TextAlone ? " (text)" : "")}")];
    }

    static void Know(LibrarySample sample, params IEnumerable<string> cves)
    {
        using var import = sample.Begin();
        var entries = string.Join(", ", cves.Select(cve => $$"""{"cveID": "{{cve}}", "dateAdded": "2026-01-01"}"""));
        using var json = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"catalogVersion": "1", "dateReleased": "2026-01-01T00:00:00Z", "vulnerabilities": [{{entries}}]}"""));
        Assert.Null(import.Add(ExploitationFeed.Read(json)!, LibrarySample.From()));
        Assert.True(import.Complete(replace: true, TestContext.Current.CancellationToken).IsWritten);
    }
}
