using System.IO.Compression;
using System.Text;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

public sealed class AdvisoryExportTests : IDisposable
{
    const string Good = """{"id": "EX-1", "modified": "2026-01-01T00:00:00Z"}""";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bad_record_is_rejected_and_the_others_are_read()
    {
        var (records, failure) = Read(Zip(("EX-1.json", Good), ("EX-2.json", "{}"), ("README.md", "not a record"), ("deep/EX-3.json", Good.Replace("EX-1", "EX-3", StringComparison.Ordinal))));

        Assert.Null(failure);
        Assert.Equal([("EX-1.json", "EX-1", null), ("EX-2.json", null, "it has no id"), ("deep/EX-3.json", "EX-3", null)],
            records.Select(record => (record.Name, record.Reading.Advisory?.Id, record.Reading.Rejection)));
    }

    [Fact]
    public void An_export_that_is_cut_short_says_so()
    {
        var whole = Zip([.. Enumerable.Range(0, 50).Select(id => ($"EX-{id}.json", Good))]);

        foreach (var length in new[] { 0, 1, 21, 22, whole.Length / 2, whole.Length - 30, whole.Length - 1 })
            Assert.NotNull(Read(whole[..length]).Failure);
    }

    [Fact]
    public void Whatever_byte_is_damaged_no_record_goes_without_a_word()
    {
        var whole = Zip([.. Enumerable.Range(0, 20).Select(id => ($"EX-{id}.json", Good))]);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0xff;
            var (records, failure) = Read(damaged);
            Assert.True(failure is not null || records.Count == 20 || records.Count == 19 && IsName(whole, at), $"byte {at}: {records.Count} records, and no failure");
        }
    }

    [Fact]
    public void A_record_of_a_hundred_megabytes_is_refused_in_little_memory()
    {
        var bomb = Zip(("EX-1.json", new string(' ', 100 << 20)), ("EX-2.json", Good));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (records, failure) = Read(bomb);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(["it has more than 16 MiB", null], records.Select(record => record.Reading.Rejection));
        Assert.Null(failure);
        Assert.True(allocated < 96 << 20, $"{allocated >> 20} MiB were allocated");
    }

    [Fact]
    public void An_export_of_bombs_ends_early_and_says_so()
    {
        var (records, failure) = Read(Zip([.. Enumerable.Range(0, 40).Select(id => ($"EX-{id}.json", new string(' ', 17 << 20)))]));

        Assert.Equal("it inflates to more than any export", failure);
        Assert.InRange(records.Count, 1, 39);
    }

    // Of the suffix by which a record is told from other files.
    static bool IsName(byte[] zip, int at) => Enumerable.Range(Math.Max(0, at - 4), 5).Any(start => zip.AsSpan(start).StartsWith(".json"u8));

    (IReadOnlyList<ExportedRecord> Records, string? Failure) Read(byte[] zip)
    {
        using var file = File.OpenHandle(_folder.Write("all.zip", zip));
        var export = new AdvisoryExport(file);
        return ([.. export.Records()], export.Failure);
    }

    static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in files)
            {
                using var member = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                member.Write(Encoding.UTF8.GetBytes(text));
            }
        return bytes.ToArray();
    }
}
