using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Files;

/// <summary>One line of a listing.</summary>
/// <param name="Path">From the root, without a leading slash.</param>
/// <param name="Layer">The layer that the entry is from, 0 for the lowest.</param>
/// <param name="HiddenBy">The layer that overwrote or deleted it; null in a listing of what can be seen.</param>
/// <param name="How">How it was hidden; null where it was not.</param>
public sealed record FileLine(FileChangeKind Change, string Path, LayerEntry Entry, int Layer, int? HiddenBy = null, HiddenHow? How = null)
{
    /// <summary>What a container sees.</summary>
    public static IEnumerable<FileLine> OfTree(FileTree tree) => tree.All.Select(node => Of(FileChangeKind.None, node));

    /// <summary>What one layer did to the layers below it.</summary>
    public static IEnumerable<FileLine> OfLayer(IReadOnlyList<LayerIndex> layers, int number)
    {
        var before = FileTree.Of([.. layers.Take(number)], Limits.Default);
        var after = FileTree.Of([.. layers.Take(number + 1)], Limits.Default);
        foreach (var node in after.All.Where(node => node.Layer == number))
            if (before.FindLink(node.Path) is not { } old)
                yield return Of(FileChangeKind.Added, node);
            else if (!IsSameDirectory(old.Entry, node.Entry))
                yield return Of(FileChangeKind.Changed, node);
        foreach (var node in before.All)
            if (after.FindLink(node.Path) is null)
                yield return Of(FileChangeKind.Removed, node);
    }

    /// <summary>The files that cost bytes and cannot be seen: what <see cref="WasteReport.Files"/> has the largest of.</summary>
    public static IEnumerable<FileLine> OfWaste(FileTree tree, IReadOnlyList<LayerIndex> layers) => tree.Hidden.Select(hidden =>
    {
        var entry = layers[hidden.Layer].Table[hidden.Entry];
        return new FileLine(FileChangeKind.None, entry.Path, entry, hidden.Layer, hidden.HiddenBy, hidden.How);
    });

    static FileLine Of(FileChangeKind change, FileNode node) => new(change, node.Path, node.Entry, node.Layer);

    // A layer lists the directories that its files are in, whether it changes them or not.
    static bool IsSameDirectory(LayerEntry a, LayerEntry b) =>
        a.Type == EntryType.Directory && b.Type == EntryType.Directory && (a.Mode, a.Uid, a.Gid) == (b.Mode, b.Uid, b.Gid);
}

/// <summary>What a layer did at a path.</summary>
public enum FileChangeKind { None, Added, Changed, Removed }
