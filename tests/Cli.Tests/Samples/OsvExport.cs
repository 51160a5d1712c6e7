using System.IO.Compression;
using System.Text;

namespace Plimsoll.Cli.Tests.Samples;

/// <summary>An export of OSV records.</summary>
internal static class OsvExport
{
    /// <summary>A zip with so many records, each of a package of its own.</summary>
    public static byte[] Zip(string ecosystem, int count, string prefix = "EX", int from = 0) => Zip([.. Enumerable.Range(from, count).Select(number => Record($"{prefix}-{number}", ecosystem, $"package-{number}"))]);

    public static byte[] Zip(params string[] records)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (number, record) in records.Index())
            {
                using var member = zip.CreateEntry($"{number}.json", CompressionLevel.Fastest).Open();
                member.Write(Encoding.UTF8.GetBytes(record));
            }
        return bytes.ToArray();
    }

    /// <summary>The list of these records.</summary>
    public static byte[] List(int count) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(number => $"2026-01-02T00:00:00Z,EX-{number}\n")));

    public static string Record(string id, string ecosystem, string package) => $$"""
        {"id": "{{id}}", "modified": "2026-01-02T00:00:00Z", "affected": [{"package": {"ecosystem": "{{ecosystem}}", "name": "{{package}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]}
        """;
}
