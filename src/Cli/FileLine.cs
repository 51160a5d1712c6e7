using Plimsoll.Engine;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;

namespace Plimsoll.Cli;

/// <summary>One line of a listing.</summary>
/// <param name="Layer">The layer that the entry is from.</param>
internal sealed record FileLine(FileChangeKind Change, string Path, LayerEntry Entry, int Layer)
{
    /// <summary>What a container sees.</summary>
    public static IEnumerable<FileLine> OfTree(InspectedImage image) => image.Tree.All.Select(node => Of(FileChangeKind.None, node));

    /// <summary>What one layer did to the layers below it.</summary>
    public static IEnumerable<FileLine> OfLayer(InspectedImage image, int number)
    {
        var before = FileTree.Of([.. image.Layers.Take(number)], Limits.Default);
        var after = FileTree.Of([.. image.Layers.Take(number + 1)], Limits.Default);
        foreach (var node in after.All.Where(node => node.Layer == number))
            if (before.FindLink(node.Path) is not { } old)
                yield return Of(FileChangeKind.Added, node);
            else if (!IsSameDirectory(old.Entry, node.Entry))
                yield return Of(FileChangeKind.Changed, node);
        foreach (var node in before.All)
            if (after.FindLink(node.Path) is null)
                yield return Of(FileChangeKind.Removed, node);
    }

    static FileLine Of(FileChangeKind change, FileNode node) => new(change, node.Path, node.Entry, node.Layer);

    // A layer lists the directories that its files are in, whether it changes them or not.
    static bool IsSameDirectory(LayerEntry a, LayerEntry b) =>
        a.Type == EntryType.Directory && b.Type == EntryType.Directory && (a.Mode, a.Uid, a.Gid) == (b.Mode, b.Uid, b.Gid);
}

internal enum FileChangeKind { None, Added, Changed, Removed }
