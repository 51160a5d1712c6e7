using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>
/// Folds an image once more with only the entries that stay, and finds on the way what its layers must hold besides: whiteouts that still
/// hide something, and what stands in for an entry that went although it hid something, or although a directory was there for it alone.
/// </summary>
internal sealed class Thinning
{
    const long MostStubBytes = 256 << 20;

    readonly IReadOnlyList<LayerFacts> _facts;
    readonly IReadOnlyList<LayerIndex> _layers;
    readonly FileTree _tree;
    readonly FoldTrace _trace;
    readonly KeepSet _keep;
    readonly Limits _limits;
    readonly NodeStore _nodes = new();
    readonly TreeWalker _walker;
    readonly LayerFolder _folder;
    readonly bool[] _held;
    // A short path may lead to a long one.
    readonly Budget _stubBytes = new("bytes that stand in for what goes", MostStubBytes);

    public Thinning(IReadOnlyList<LayerFacts> facts, IReadOnlyList<LayerIndex> layers, FileTree tree, FoldTrace trace, KeepSet keep, Limits limits)
    {
        (_facts, _layers, _tree, _trace, _keep, _limits) = (facts, layers, tree, trace, keep, limits);
        var links = new HardLinks();
        _walker = new TreeWalker(_nodes, layers, links, limits);
        _folder = new LayerFolder(_nodes, layers, links, _walker);
        _held = Held(tree, keep);
    }

    /// <summary>Whether something stays that is hidden all the same; with what went, it may not be needed any more.</summary>
    public bool HasHidden { get; private set; }

    /// <summary>A layer of the base; layers come one after another from the lowest up.</summary>
    public void Pass(int layer) => _folder.Fold(layer);

    /// <summary>What is left of a layer; itself when nothing goes.</summary>
    public LayerFacts Thin(int layer)
    {
        var (facts, table) = (_facts[layer], _layers[layer].Table);
        var kept = new bool[table.Count];
        var restated = new Dictionary<int, byte[]>();
        var maybeDirectories = new Lazy<HashSet<int>>(() => MaybeDirectories(layer));
        for (var i = 0; i < table.Count; i++)
            if (Whiteout.Is(table[i].PathBytes))
            {
                var path = table[i].PathBytes;
                var isRestated = _trace.TrailOf((layer, i)).Count > 0 && _tree.Nodes.Passes(PathText.Parent(path), maybeDirectories.Value);
                // Before it acts: it may hide its own way.
                var directory = isRestated ? _walker.Find(PathText.Parent(path), followLast: true) : NodeStore.None;
                kept[i] = _folder.Remove(layer, path);
                if (kept[i] && isRestated)
                    (kept[i], restated[i]) = (false, Restated(directory, PathText.Name(path)));
            }
        _folder.Begin();
        var left = new LayerFacts(_limits, new Budget("files in its layers", _limits.Entries));
        for (var i = 0; i < table.Count; i++)
        {
            var instead = restated.GetValueOrDefault(i, []);
            if (!Whiteout.Is(table[i].PathBytes))
            {
                kept[i] = Stays(layer, i, table[i], out instead);
                _stubBytes.Take(instead.Length);
            }
            if (kept[i])
                left.Take(facts, i);
            else if (instead.Length > 0)
                left.TakeStubs(instead, facts[i].Start);
            HasHidden |= instead.Length > 0 || kept[i] && IsHidden(layer, i);
        }
        left.Complete();
        return kept.Contains(false) ? left : facts;
    }

    bool IsHidden(int layer, int index) => !Whiteout.Is(_layers[layer].Table[index].PathBytes)
        && _tree.Nodes[_trace.NodeOf(layer, index)] is var node
        && (!node.Visible || _layers[layer].Table.RowAt(index).Type != EntryType.Directory && (node.Layer, node.Entry) != (layer, index));

    bool Stays(int layer, int index, LayerEntry entry, out byte[] instead)
    {
        instead = [];
        if (_keep.Has((layer, index)))
        {
            _folder.Place(layer, index, entry);
            return true;
        }
        instead = Directories(layer, index);
        var node = _trace.NodeOf(layer, index);
        var path = _tree.Nodes.Path(node);
        if (_nodes.FindVisible(path) is not (var at and not NodeStore.None))
            return false;
        var isDropped = _tree.Nodes[node] is { Visible: true } now && (now.Layer, now.Entry) == (layer, index);
        if (!isDropped && !MustHide(at, entry))
            return false;
        if (isDropped ? _nodes[at].Layer == layer : entry.Size == 0 && entry.Type != EntryType.HardLink && _trace.TrailOf((layer, index)).Count == 0)
        {
            instead = [];
            _folder.Place(layer, index, entry);
            return true;
        }
        instead = [.. instead, .. isDropped ? Deleted(layer, path) : Emptied(layer, index, entry, path)];
        return false;
    }

    // A whiteout over a link in whose place its layer has a directory would be about that directory: it is told where the link leads.
    byte[] Restated(int directory, ReadOnlySpan<byte> name)
    {
        var stub = TarStub.File(directory == NodeStore.Root ? name : [.. _nodes.Path(directory), (byte)'/', .. name]);
        _stubBytes.Take(stub.Length);
        return stub;
    }

    // Where a directory may come to stand in for an entry that goes.
    HashSet<int> MaybeDirectories(int layer)
    {
        var places = new HashSet<int>();
        for (var i = 0; i < _layers[layer].Table.Count; i++)
            if (!Whiteout.Is(_layers[layer].Table[i].PathBytes) && !_keep.Has((layer, i)))
            {
                places.UnionWith(_trace.MadeBy((layer, i)));
                if (_layers[layer].Table.RowAt(i).Type == EntryType.Directory)
                    places.Add(_trace.NodeOf(layer, i));
            }
        return places;
    }

    // A file below is hidden again by whatever hid the entry. Through a directory or a link, others would end elsewhere until then.
    bool MustHide(int below, LayerEntry entry) => _walker.TypeOf(below) switch
    {
        EntryType.SymbolicLink => true,
        EntryType.Directory => entry.Type != EntryType.Directory,
        _ => false,
    };

    byte[] Deleted(int layer, byte[] path)
    {
        byte[] whiteout = [.. path.AsSpan(0, path.Length - PathText.Name(path).Length), .. ".wh."u8, .. PathText.Name(path)];
        _folder.Remove(layer, whiteout);
        _folder.Begin();
        return TarStub.File(whiteout);
    }

    byte[] Emptied(int layer, int index, LayerEntry entry, byte[] path)
    {
        _folder.Occupy(layer, index, path);
        return entry.Type == EntryType.Directory ? TarStub.Directory(path) : TarStub.File(path);
    }

    // Directories that were there for the entry alone.
    byte[] Directories(int layer, int index)
    {
        var stubs = new List<byte>();
        foreach (var node in _trace.MadeBy((layer, index)))
        {
            var path = _tree.Nodes.Path(node);
            var vanishes = _tree.Nodes[node] is { Visible: true, Layer: NodeStore.None } && !_held[node] && _trace.MakerOf(node) == (layer, index);
            if (!vanishes && !_trace.IsWalked((layer, index), node) && !(_nodes.FindVisible(path) is var at and not NodeStore.None && _walker.TypeOf(at) == EntryType.SymbolicLink))
                continue;
            _folder.Occupy(layer, NodeStore.None, path);
            stubs.AddRange(TarStub.Directory(path));
        }
        return [.. stubs];
    }

    static bool[] Held(FileTree tree, KeepSet keep)
    {
        var held = new bool[tree.Nodes.Count];
        for (var id = 1; id < held.Length; id++)
            if (tree.Nodes[id] is { Visible: true, Layer: not NodeStore.None } node && keep.Has((node.Layer, node.Entry)))
                for (var at = id; at != NodeStore.Root && !held[at]; at = tree.Nodes[at].Parent)
                    held[at] = true;
        return held;
    }
}
