using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories;

/// <summary>Real records, laid out like OSV's bulk export, in the folder that PLIMSOLL_OSV_DATA names. Tests are skipped without it.</summary>
internal static class OsvData
{
    /// <summary>Exports by their path in the folder, such as <c>export-t1/PyPI/all.zip</c>.</summary>
    public static IReadOnlyList<string> Exports(string under)
    {
        var folder = Environment.GetEnvironmentVariable("PLIMSOLL_OSV_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "PLIMSOLL_OSV_DATA names no folder with advisories");
        var zips = Directory.EnumerateFiles(Path.Combine(folder!, under), "*.zip", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(zips);
        return zips;
    }

    public static IReadOnlyList<ExportedRecord> Read(string zip)
    {
        using var file = File.OpenHandle(zip);
        var export = new AdvisoryExport(file);
        List<ExportedRecord> records = [.. export.Records()];
        Assert.Null(export.Failure);
        return records;
    }

    public static IEnumerable<Advisory> Advisories(string under) => Exports(under).SelectMany(Read).Select(record => record.Reading.Advisory).OfType<Advisory>();

    /// <summary>The ecosystem or feed of an export, as it is named there.</summary>
    public static string NameOf(string zip) => Path.GetFileName(zip) == "all.zip" ? Path.GetFileName(Path.GetDirectoryName(zip)!) : Path.GetFileNameWithoutExtension(zip);
}
