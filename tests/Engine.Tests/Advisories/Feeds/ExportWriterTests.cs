using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Tests.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

public sealed class ExportWriterTests : IDisposable
{
    readonly LibrarySample _first = new(), _second = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task A_library_that_is_made_of_what_another_gives_on_has_the_same_bytes()
    {
        _first.Import("PyPI", LibrarySample.Records(300));
        _first.Import("npm", LibrarySample.Record("GHSA-1", ecosystem: "npm", more: """ "aliases": ["CVE-2026-0001"], "upstream": ["CVE-2026-0002"], "withdrawn": "2026-02-01T00:00:00Z", """));
        using var library = _first.Open();
        foreach (var source in library.Sources)
            _second.ImportZip(_second.Folder.Write($"{source.Name}.zip", await Zip(library, source.Name)), source.Name);

        Assert.Equal(_first.Bytes, _second.Bytes);
        Assert.Equal("PyPI\nnpm\n", ExportWriter.Ecosystems(library));
    }

    [Fact]
    public async Task An_export_is_the_same_bytes_whenever_it_is_made_and_in_whatever_order_its_records_came()
    {
        _first.Import("PyPI", LibrarySample.Records(50));
        _second.Import("PyPI", LibrarySample.Records(50).Reverse());
        using var first = _first.Open();
        using var second = _second.Open();
        var bytes = await Zip(first, "PyPI");

        Assert.Equal(bytes, await Zip(first, "PyPI"));
        Assert.Equal(bytes, await Zip(second, "PyPI"));
        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"PYSEC-{number}.json").Order(StringComparer.Ordinal), OsvData.Read(_first.Folder.Write("all.zip", bytes)).Select(record => record.Name));
    }

    [Fact]
    public async Task The_list_of_changes_has_the_newest_first()
    {
        _first.Import("PyPI",
            LibrarySample.Record("PYSEC-2"), LibrarySample.Record("PYSEC-1"), LibrarySample.Record("PYSEC-3", modified: "2026-03-01T00:00:00.625Z"), LibrarySample.Record("PYSEC-4", modified: "0001-01-01T00:00:00Z"));
        using var library = _first.Open();

        Assert.Equal("""
            2026-03-01T00:00:00.625Z,PYSEC-3
            2026-01-01T00:00:00Z,PYSEC-1
            2026-01-01T00:00:00Z,PYSEC-2
            0001-01-01T00:00:00Z,PYSEC-4

            """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(await Written(into => ExportWriter.Modified(library, "PyPI", into, TestContext.Current.CancellationToken))));
    }

    [Fact]
    public async Task Of_an_ecosystem_that_is_not_there_an_export_is_empty()
    {
        _first.Import("PyPI", LibrarySample.Records(5));
        using var library = _first.Open();

        Assert.Empty(library.Records("npm"));
        Assert.Empty(OsvData.Read(_first.Folder.Write("all.zip", await Zip(library, "npm"))));
        Assert.Empty(await Written(into => ExportWriter.Modified(library, "npm", into, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void The_records_of_a_source_come_in_the_order_of_ids_and_one_that_is_damaged_is_told()
    {
        _first.Import("PyPI", LibrarySample.Records(300));
        var bytes = _first.Bytes;
        using (var library = _first.Open())
            Assert.Equal(Enumerable.Range(0, 300).Select(number => $"PYSEC-{number}").Order(StringComparer.Ordinal), library.Records("PyPI").Select(advisory => advisory.Id));
        bytes[100] ^= 1;
        using var damaged = _second.Open(_second.Folder.Write("advisories", bytes));

        Assert.Throws<DamagedLibraryException>(() => damaged.Records("PyPI").Count());
    }

    [Fact]
    public async Task Real_exports_are_given_on_whole()
    {
        foreach (var zip in OsvData.Exports("export-t1"))
            _first.ImportZip(zip, OsvData.NameOf(zip));
        using var library = _first.Open();
        foreach (var source in library.Sources)
            _second.ImportZip(_second.Folder.Write($"{source.Name}.zip", await Zip(library, source.Name)), source.Name);
        using var again = _second.Open();

        Assert.Empty(LibraryDifference.Between(library, again).Records);
        Assert.Equal(JsonSerializer.Serialize(library.Sources.Select(source => source.Records)), JsonSerializer.Serialize(again.Sources.Select(source => source.Records)));
    }

    static Task<byte[]> Zip(AdvisoryLibrary library, string ecosystem) => Written(into => ExportWriter.Zip(library, ecosystem, into, TestContext.Current.CancellationToken));

    static async Task<byte[]> Written(Func<Stream, Task> write)
    {
        using var bytes = new MemoryStream();
        await using (var answer = new AnswerBody(bytes))
            await write(answer);
        return bytes.ToArray();
    }
}
