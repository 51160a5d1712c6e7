using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Library;

public sealed class LibraryImportTests : IDisposable
{
    readonly LibrarySample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void The_same_records_make_the_same_bytes_in_whatever_order_and_however_often()
    {
        var records = LibrarySample.Records(500).ToList();
        _sample.Import("PyPI", records);
        var first = _sample.Bytes;
        _sample.Import("PyPI", records);
        Assert.Equal(first, _sample.Bytes);

        File.Delete(_sample.Path);
        _sample.Import("PyPI", records.AsEnumerable().Reverse());
        Assert.Equal(first, _sample.Bytes);
    }

    [Fact]
    public void The_order_of_imports_is_no_matter()
    {
        _sample.Import("PyPI", LibrarySample.Records(50));
        _sample.Import("npm", LibrarySample.Records(50, "GHSA", "npm"));
        var one = _sample.Bytes;
        File.Delete(_sample.Path);
        _sample.Import("npm", LibrarySample.Records(50, "GHSA", "npm"));
        _sample.Import("PyPI", LibrarySample.Records(50));

        Assert.Equal(one, _sample.Bytes);
    }

    [Fact]
    public void One_ecosystem_is_replaced_and_the_others_stay()
    {
        _sample.Import("npm", LibrarySample.Record("GHSA-1", ecosystem: "npm"));
        _sample.Import("PyPI", LibrarySample.Records(20));
        var outcome = _sample.Import("PyPI", LibrarySample.Records(19).Append(LibrarySample.Record("PYSEC-5", fixedIn: "3")).Append(LibrarySample.Record("PYSEC-99")).Append(LibrarySample.Record("PYSEC-3", "package-3", fixedIn: "9", modified: "2026-01-02T00:00:00Z")));

        var change = Assert.Single(outcome.Changes);
        Assert.Equal((20, 1, 1, 1), (change.Before, change.Added, change.Changed, change.Vanished));
        Assert.Equal(["PYSEC-99"], _sample.About("flask"));
        Assert.Equal(["GHSA-1"], _sample.About("flask", "npm"));
    }

    [Fact]
    public void Of_an_id_that_comes_twice_the_later_record_counts_and_of_two_of_the_same_time_the_first()
    {
        _sample.Import("PyPI", LibrarySample.Record("PYSEC-1", "old"), LibrarySample.Record("PYSEC-1", "new", modified: "2026-05-01T00:00:00Z"), LibrarySample.Record("PYSEC-1", "other", modified: "2026-05-01T00:00:00Z"));

        Assert.Equal(["PYSEC-1"], _sample.About("new"));
        Assert.Empty(_sample.About("old").Concat(_sample.About("other")));
    }

    [Fact]
    public void When_more_than_a_tenth_would_vanish_nothing_is_changed_unless_that_is_wanted()
    {
        _sample.Import("PyPI", LibrarySample.Records(20));
        var before = _sample.Bytes;

        Assert.True(_sample.Import("PyPI", LibrarySample.Records(18)).IsWritten);
        _sample.Import("PyPI", LibrarySample.Records(20));
        Assert.Equal(before, _sample.Bytes);
        var refused = _sample.Import("PyPI", LibrarySample.Records(17));
        Assert.False(refused.IsWritten);
        Assert.True(Assert.Single(refused.Changes) is { IsLoss: true, Before: 20, Vanished: 3 });
        Assert.Equal(before, _sample.Bytes);
        Assert.True(_sample.ImportZip(_sample.Zip(LibrarySample.Records(17)), "PyPI", replace: true).IsWritten);
    }

    [Fact]
    public void A_bare_archive_brings_the_ecosystems_that_its_records_name()
    {
        var outcome = _sample.Import(null,
            LibrarySample.Record("DSA-1", "openssl", "Debian:12"), LibrarySample.Record("ALPINE-1", "openssl", "Alpine"), """{"id": "CVE-2026-0001", "modified": "2026-01-01T00:00:00Z"}""", "{}");

        Assert.Equal([("Alpine", 1), ("Debian", 1), ("[EMPTY]", 1)], outcome.Changes.Select(change => (change.Source.Name, change.Source.Records)));
        Assert.Equal(new Rejection("it has no id", 1), Assert.Single(outcome.Changes.SelectMany(change => change.Rejections)));
    }

    [Fact]
    public void What_is_no_export_changes_nothing_and_says_so()
    {
        _sample.Import("PyPI", LibrarySample.Records(20));
        var before = _sample.Bytes;
        var whole = File.ReadAllBytes(_sample.Zip(LibrarySample.Records(30)));
        using (var import = _sample.Begin())
        {
            Assert.Contains("zip", LibrarySample.Add(import, _sample.Folder.Write("cut.zip", whole[..^30]), "PyPI"), StringComparison.Ordinal);
            Assert.Equal("it holds no record that can be read", LibrarySample.Add(import, _sample.Zip("{}"), "npm"));
        }

        Assert.Equal(before, _sample.Bytes);
        Assert.Equal(["advisories", "advisories.lock"], Left());
    }

    [Fact]
    public void Only_one_import_at_a_time_writes_a_library()
    {
        using (_sample.Begin())
            Assert.Contains("being written by another import", LibraryImport.Begin(_sample.Path).Refusal, StringComparison.Ordinal);
        _sample.Import("PyPI", LibrarySample.Records(5));
        Assert.Equal(["advisories", "advisories.lock"], Left());
    }

    [Fact]
    public void An_import_that_is_cancelled_leaves_what_was_there()
    {
        _sample.Import("PyPI", LibrarySample.Records(5));
        var before = _sample.Bytes;
        using (var import = _sample.Begin())
        {
            Assert.Null(LibrarySample.Add(import, _sample.Zip(LibrarySample.Records(9)), "PyPI"));
            Assert.ThrowsAny<OperationCanceledException>(() => import.Complete(false, new CancellationToken(canceled: true)));
        }

        Assert.Equal(before, _sample.Bytes);
        Assert.Equal(["advisories", "advisories.lock"], Left());
    }

    [Fact]
    public void What_a_mirror_says_is_unchanged_is_as_of_then()
    {
        _sample.Import("PyPI", LibrarySample.Records(5));
        var later = LibrarySample.Now.AddHours(5);
        using (var import = _sample.Begin())
        {
            import.Confirm(SourceKind.Advisories, "PyPI", LibrarySample.From() with { AsOf = later });
            Assert.Empty(import.Complete(false, TestContext.Current.CancellationToken).Changes);
        }
        using var library = _sample.Open();

        Assert.Equal(later, library.AsOf);
        Assert.Equal(LibrarySample.Now, library.Sources[0].Provenance.Brought);
        Assert.NotEmpty(_sample.About("package-1"));
    }

    [Fact]
    public void Who_reads_a_library_reads_on_while_another_takes_its_place()
    {
        _sample.Import("PyPI", LibrarySample.Records(20));
        using var before = _sample.Open();
        _sample.ImportZip(_sample.Zip(LibrarySample.Record("PYSEC-99")), "PyPI", replace: true);

        Assert.Equal(3, before.For([LibrarySample.Installed("package-1")]).Advisories.Count);
        Assert.Equal(["PYSEC-99"], _sample.About("flask"));
    }

    IEnumerable<string> Left() => Directory.EnumerateFiles(_sample.Folder.Root, "advisories*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
