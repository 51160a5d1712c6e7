using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Files;

/// <summary>Where the bytes of an image go that nobody can read.</summary>
internal static class Waste
{
    /// <summary>A report names this many hidden files and groups of duplicates; the rest is summed.</summary>
    const int Named = 10_000;
    const int DuplicatesNamed = 1_000;
    const int PathsNamed = 10;

    /// <summary>Small equal files (licences, empty modules) are ordinary and not worth a line.</summary>
    const int DuplicateBytes = 4096;

    public static WasteReport Of(IReadOnlyList<LayerIndex> layers, FileTree tree)
    {
        var size = layers.Sum(layer => layer.Size);
        var hidden = tree.Hidden.Select(h => Name(layers, h)).OrderByDescending(f => f.Bytes).ThenBy(f => f.Path, StringComparer.Ordinal)
            .ThenBy(f => f.Layer).ToList();
        var reclaimable = hidden.Sum(file => file.Bytes);
        var rest = hidden.Skip(Named).ToList();
        var duplicates = Duplicates(tree);
        return new WasteReport(
            size == 0 ? 1 : 1 - (double)reclaimable / size,
            reclaimable,
            duplicates.Sum(group => group.Bytes),
            hidden.Count > Named ? hidden[..Named] : hidden,
            [.. duplicates.Take(DuplicatesNamed)],
            rest.Count == 0 ? null : new OmittedFiles(rest.Count, rest.Sum(file => file.Bytes)),
            tree.Dive.Score());
    }

    static HiddenFile Name(IReadOnlyList<LayerIndex> layers, HiddenEntry hidden)
    {
        var entry = layers[hidden.Layer].Table[hidden.Entry];
        return new HiddenFile(entry.Path, entry.Size, hidden.Layer, hidden.HiddenBy, hidden.How);
    }

    static List<DuplicateFile> Duplicates(FileTree tree) =>
    [
        .. tree.Files.Where(file => file.Entry.Type == EntryType.File && file.Entry.Size >= DuplicateBytes)
            .GroupBy(file => (file.Entry.Size, file.Entry.Content))
            .Where(group => group.Skip(1).Any())
            .Select(group => (group.Key.Size, Paths: group.Select(file => file.Path).Order(StringComparer.Ordinal).ToList()))
            .Select(group => new DuplicateFile(group.Size * (group.Paths.Count - 1), group.Paths.Count, [.. group.Paths.Take(PathsNamed)]))
            .OrderByDescending(group => group.Bytes).ThenBy(group => group.Paths[0], StringComparer.Ordinal),
    ];
}
