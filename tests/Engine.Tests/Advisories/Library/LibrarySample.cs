using System.IO.Compression;
using System.Text;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Library;

/// <summary>A library in a folder of its own, and what tests bring into it.</summary>
internal sealed class LibrarySample : IDisposable
{
    public static DateTimeOffset Now { get; } = new(2026, 8, 22, 12, 0, 0, TimeSpan.Zero);

    public TemporaryFolder Folder { get; } = new();

    public string Path => Folder.At("advisories");

    public byte[] Bytes => File.ReadAllBytes(Path);

    public void Dispose() => Folder.Dispose();

    /// <summary>A record of one package, of which the versions below 2 are affected.</summary>
    public static string Record(string id, string name = "flask", string ecosystem = "PyPI", string modified = "2026-01-01T00:00:00Z", string more = "", string fixedIn = "2") => $$"""
        {"id": "{{id}}", "modified": "{{modified}}", {{more}}
         "affected": [{"package": {"ecosystem": "{{ecosystem}}", "name": "{{name}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "{{fixedIn}}"}]}]}]}
        """;

    public static IEnumerable<string> Records(int count, string prefix = "PYSEC", string ecosystem = "PyPI") =>
        Enumerable.Range(0, count).Select(number => Record($"{prefix}-{number}", $"package-{number % 7}", ecosystem));

    public string Zip(params IEnumerable<string> records)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (number, record) in records.Index())
            {
                using var member = zip.CreateEntry($"{number}.json", CompressionLevel.Fastest).Open();
                member.Write(Encoding.UTF8.GetBytes(record));
            }
        return Folder.Write($"{Guid.NewGuid():N}.zip", bytes.ToArray());
    }

    /// <summary>Imports the records, which must succeed.</summary>
    public ImportOutcome Import(string? ecosystem, params IEnumerable<string> records) => ImportZip(Zip(records), ecosystem);

    public ImportOutcome ImportZip(string zip, string? ecosystem, bool replace = false, DateTimeOffset? asOf = null)
    {
        using var import = Begin();
        Assert.Null(Add(import, zip, ecosystem, asOf));
        return import.Complete(replace, TestContext.Current.CancellationToken);
    }

    public LibraryImport Begin()
    {
        var (import, refusal) = LibraryImport.Begin(Path);
        Assert.Null(refusal);
        return import!;
    }

    /// <summary>Why it was not taken.</summary>
    public static string? Add(LibraryImport import, string zip, string? ecosystem, DateTimeOffset? asOf = null)
    {
        using var file = File.OpenHandle(zip);
        return import.Add(file, ecosystem, From(asOf), null, TestContext.Current.CancellationToken);
    }

    public static Provenance From(DateTimeOffset? asOf = null) => new(Now, asOf ?? Now, "a test");

    public AdvisoryLibrary Open(string? path = null)
    {
        var (library, problem, _) = AdvisoryLibrary.Open(path ?? Path);
        Assert.Null(problem);
        return library!;
    }

    /// <summary>The ids of the records about a package.</summary>
    public IEnumerable<string> About(string name, string ecosystem = "PyPI")
    {
        using var library = Open();
        return [.. library.For([Installed(name, ecosystem)]).Advisories.Select(advisory => advisory.Id).Order(StringComparer.Ordinal)];
    }

    public static Component Installed(string name, string ecosystem = "PyPI", string version = "1") => new(ecosystem, name, version, name, version, null, null, OwnerKind.None);
}
