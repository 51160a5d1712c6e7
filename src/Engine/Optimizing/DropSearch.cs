using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>Finds the visible files that are not wanted. Those of the base stay: they would be hidden and not gone.</summary>
/// <param name="staying">Nodes that stay all the same: without them, others would not be what they are.</param>
internal sealed class DropSearch(FileTree tree, IReadOnlyList<LayerFacts> facts, int keptLayers, IReadOnlyCollection<DropCategory> wanted, IReadOnlySet<int> staying)
{
    readonly Dictionary<int, DropCategory> _dropped = [];
    readonly List<KeptPath> _kept = [];
    readonly Dictionary<(int, int), List<int>> _groups = [];

    /// <summary>Those that go, by their node.</summary>
    public IReadOnlyDictionary<int, DropCategory> Dropped => _dropped;

    /// <summary>Those that are of a wanted category and stay, with the reason.</summary>
    public IReadOnlyList<KeptPath> Kept => _kept;

    /// <summary>Bytes of those that lie in the base.</summary>
    public long BytesInBase { get; private set; }

    public void Search()
    {
        if (wanted.Count == 0)
            return;
        for (var id = 1; id < tree.Nodes.Count; id++)
            if (tree.Nodes[id] is { Visible: true, Layer: not NodeStore.None } node && facts[node.Layer].Table.RowAt(node.Entry).Type != EntryType.Directory)
                Look(id, node.Layer, node.Entry);
        foreach (var (owner, paths) in _groups)
            if (paths.Count < tree.Links.PathsOf(owner))
                foreach (var id in paths)
                    Keep(id, "it shares its content with a path that stays");
    }

    /// <summary>Something that stays needs it after all.</summary>
    public void KeepNeeded(Func<(int Layer, int Entry), bool> needed)
    {
        foreach (var id in _dropped.Keys.Where(id => needed((tree.Nodes[id].Layer, tree.Nodes[id].Entry))).ToList())
            Keep(id, "what stays is reached through it");
    }

    void Look(int id, int layer, int entry)
    {
        var path = tree.PathOf(id);
        if (wanted.FirstOrDefault(category => category.Has(path)) is not { } category || !Holds(category, path, layer, entry))
            return;
        if (layer < keptLayers)
        {
            BytesInBase += facts[layer].Table.RowAt(entry).Size;
            return;
        }
        if (staying.Contains(id))
        {
            _kept.Add(new KeptPath(PathText.Show(path), category, "what stays would not be the same without it"));
            return;
        }
        _dropped[id] = category;
        if (tree.Links.OwnerOf(layer, entry) is var owner && tree.Links.PathsOf(owner) > 1)
            (_groups.TryGetValue(owner, out var paths) ? paths : _groups[owner] = []).Add(id);
    }

    // What a name promises is held against what is there.
    bool Holds(DropCategory category, byte[] path, int layer, int entry) => category.Word switch
    {
        "static-libraries" => path.AsSpan().EndsWith(".la"u8) || tree.Links.OwnerOf(layer, entry) is var owner && facts[owner.Layer][owner.Entry].IsArchive,
        "bytecode" => tree.Nodes.FindVisible(SourceOf(path)) != NodeStore.None,
        _ => true,
    };

    // d/__pycache__/name.cpython-312.opt-1.pyc is made from d/name.py.
    static byte[] SourceOf(ReadOnlySpan<byte> path)
    {
        var directory = PathText.Parent(PathText.Parent(path));
        var name = PathText.Name(path);
        var stem = name[..name.IndexOf((byte)'.')];
        return directory.IsEmpty ? [.. stem, .. ".py"u8] : [.. directory, (byte)'/', .. stem, .. ".py"u8];
    }

    void Keep(int id, string why)
    {
        if (_dropped.Remove(id, out var category))
            _kept.Add(new KeptPath(PathText.Show(tree.PathOf(id)), category, why));
    }
}
