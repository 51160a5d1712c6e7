using System.Text;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Files;

/// <summary>
/// The layers of an image folded into what a container sees (OCI image specification, layer.md, "Applying Changesets"),
/// and the record of what each layer hid.
/// </summary>
public sealed class FileTree
{
    readonly NodeStore _nodes = new();
    readonly IReadOnlyList<LayerIndex> _layers;
    readonly TreeWalker _walker;
    readonly long[] _reclaimable;

    FileTree(IReadOnlyList<LayerIndex> layers, Limits limits, FoldTrace? trace)
    {
        _layers = layers;
        _reclaimable = new long[layers.Count];
        Links = new HardLinks();
        _walker = new TreeWalker(_nodes, layers, Links, limits, trace);
        var folder = new LayerFolder(_nodes, layers, Links, _walker, trace);
        for (var layer = 0; layer < layers.Count; layer++)
            folder.Fold(layer);
        trace?.EndFold();
        (Hidden, Changes, Dive) = (folder.Hidden, folder.Changes, folder.Dive);
        foreach (var hidden in Hidden)
            _reclaimable[hidden.Layer] += layers[hidden.Layer].Table.RowAt(hidden.Entry).Size;
    }

    /// <summary>Everything visible that some layer has an entry for, directories too.</summary>
    public IEnumerable<FileNode> All => Enumerable.Range(1, _nodes.Count - 1)
        .Where(id => _nodes[id] is { Visible: true, Layer: not NodeStore.None }).Select(Node);

    /// <summary>Everything visible but directories.</summary>
    public IEnumerable<FileNode> Files => All.Where(node => node.Entry.Type != EntryType.Directory);

    internal IReadOnlyList<HiddenEntry> Hidden { get; }

    internal IReadOnlyList<LayerChange> Changes { get; }

    internal DiveTally Dive { get; }

    /// <summary>Which visible paths share one content.</summary>
    internal HardLinks Links { get; }

    internal NodeStore Nodes => _nodes;

    /// <summary>Folds <paramref name="layers"/>, the lowest first.</summary>
    public static FileTree Of(IReadOnlyList<LayerIndex> layers, Limits limits) => new(layers, limits, null);

    /// <summary>The same, with what the entries lean on.</summary>
    internal static FileTree Of(IReadOnlyList<LayerIndex> layers, Limits limits, FoldTrace trace) => new(layers, limits, trace);

    /// <summary>What a container finds at <paramref name="path"/>, symbolic links followed; null when nothing is there.</summary>
    public FileNode? Find(string path) => Find(Encoding.UTF8.GetBytes(path), followLast: true);

    /// <summary>What stands at <paramref name="path"/> itself: a symbolic link is not followed at its end.</summary>
    public FileNode? FindLink(string path) => Find(Encoding.UTF8.GetBytes(path), followLast: false);

    FileNode? Find(byte[] path, bool followLast) =>
        _walker.Find(path, followLast) is var id and > NodeStore.Root && _nodes[id].Layer != NodeStore.None ? Node(id) : null;

    /// <summary>Bytes of a layer that cannot be seen in the final tree.</summary>
    internal long ReclaimableIn(int layer) => _reclaimable[layer];

    internal byte[] PathOf(int id) => _nodes.Path(id);

    internal ReadOnlySpan<byte> NameOf(int id) => _nodes.Name(id);

    FileNode Node(int id) => new(this, id, _nodes[id].Layer, _layers[_nodes[id].Layer].Table[_nodes[id].Entry]);
}

/// <summary>A visible file or directory: its place in the tree and the entry that put it there. A view, cheap to pass around.</summary>
public readonly struct FileNode
{
    readonly FileTree _tree;
    readonly int _id;

    internal FileNode(FileTree tree, int id, int layer, LayerEntry entry) => (_tree, _id, Layer, Entry) = (tree, id, layer, entry);

    /// <summary>From the root, without a leading slash.</summary>
    public string Path => PathText.Show(_tree.PathOf(_id));

    /// <summary>The last part of the path.</summary>
    public string Name => PathText.Show(NameBytes);

    /// <summary>The layer that it comes from, 0 for the lowest.</summary>
    public int Layer { get; }

    public LayerEntry Entry { get; }

    internal ReadOnlySpan<byte> NameBytes => _tree.NameOf(_id);
}

/// <summary>A file whose bytes no longer show: which entry, and the layer that hid it.</summary>
internal record struct HiddenEntry(int Layer, int Entry, int HiddenBy, Reports.HiddenHow How);

/// <summary>What one layer did to those below it, in bytes of file content.</summary>
internal record struct LayerChange(long Added, long Overwritten, long Removed)
{
    /// <summary>Counts what goes out of sight.</summary>
    public void Hide(long bytes, Reports.HiddenHow how) => _ = how == Reports.HiddenHow.Deleted ? Removed += bytes : Overwritten += bytes;
}
