using System.Text;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>A folder that is laid out as OSV's bulk export: <c>ecosystems.txt</c>, and <c>ECOSYSTEM/all.zip</c> for each of them.</summary>
/// <param name="Exports">In the order of the list.</param>
/// <param name="Failure">Why it is none, as "it …"; null where it is one.</param>
public sealed record ExportFolder(IReadOnlyList<(string Ecosystem, string Zip)> Exports, string? Failure)
{
    public static ExportFolder Read(string path)
    {
        var list = new FileInfo(Path.Combine(path, EcosystemList.Name));
        if (!list.Exists)
            return new([], $"it has no {EcosystemList.Name}, which says what an export holds");
        if (list.Length > EcosystemList.MostBytes)
            return new([], $"its {EcosystemList.Name} is longer than any");
        var all = EcosystemList.Parse(Text(list)).Select(name => (Ecosystem: name, Zip: Path.Combine(path, name, "all.zip"))).ToList();
        if (all.Count == 0)
            return new([], $"its {EcosystemList.Name} names no ecosystem");
        return all.FirstOrDefault(export => !File.Exists(export.Zip)) is { Ecosystem: { } missing } ? new([], $"its {EcosystemList.Name} names {missing}, and there is no {missing}/all.zip") : new(all, null);
    }

    static string Text(FileInfo list)
    {
        using var file = list.OpenRead();
        var bytes = new byte[EcosystemList.MostBytes];
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }
}
