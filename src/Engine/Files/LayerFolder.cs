using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Files;

/// <summary>
/// Applies layers one after another. A layer's whiteouts act first and on lower layers only, whatever their place in the tar
/// (OCI image specification, layer.md, "Whiteouts").
/// </summary>
internal sealed class LayerFolder(NodeStore nodes, IReadOnlyList<LayerIndex> layers, HardLinks links, TreeWalker walker, FoldTrace? trace = null)
{
    readonly List<HiddenEntry> _hidden = [];
    readonly LayerChange[] _changes = new LayerChange[layers.Count];
    readonly List<int> _directories = [];
    readonly Stack<int> _pending = new();
    readonly ReplacedLinks _replaced = new(nodes, layers, walker);
    (int Id, int Layer, int Entry) _lastParent = (NodeStore.None, 0, 0);

    public IReadOnlyList<HiddenEntry> Hidden => _hidden;

    public IReadOnlyList<LayerChange> Changes => _changes;

    public DiveTally Dive { get; } = new();

    public void Fold(int layer)
    {
        var table = layers[layer].Table;
        trace?.BeginLayer(table.Count);
        for (var i = 0; i < table.Count; i++)
            if (Whiteout.Is(table[i].PathBytes))
            {
                var hid = Remove(layer, table[i].PathBytes);
                trace?.Removed((layer, i), hid);
            }

        Begin();
        for (var i = 0; i < table.Count; i++)
            if (!Whiteout.Is(table[i].PathBytes))
                Place(layer, i, table[i]);
        End(layer);
    }

    /// <summary>The whiteouts of a layer have acted; its entries follow.</summary>
    public void Begin()
    {
        _directories.Clear();
        _lastParent.Id = NodeStore.None;
    }

    void End(int layer)
    {
        foreach (var directory in _directories)
            if (nodes[directory].ChildStamp != layer + 1)
                Dive.Count(directory, 0);
        Dive.EndLayer(layers[layer].Size);
    }

    /// <summary>What a whiteout does. Returns whether there was anything to hide.</summary>
    public bool Remove(int layer, ReadOnlySpan<byte> path)
    {
        var parent = _replaced.Hold(layer, PathText.Parent(path)) ? NodeStore.None : walker.Find(PathText.Parent(path), followLast: true);
        if (parent == NodeStore.None)
            return false;
        nodes[parent].ChildStamp = layer + 1;
        if (Whiteout.IsOpaque(path))
        {
            var any = nodes[parent].VisibleChildren > 0;
            HideChildren(layer, parent);
            return any;
        }
        if (Whiteout.Deleted(path) is not { IsEmpty: false } name || nodes.Find(parent, name) is not (var id and not NodeStore.None) || !nodes[id].Visible)
            return false;
        Dive.Count(id, HideTree(layer, id, HiddenHow.Deleted) is var bytes && walker.TypeOf(id) == EntryType.Directory ? bytes : 0);
        return true;
    }

    public void Place(int layer, int index, LayerEntry entry)
    {
        var parent = ParentOf(layer, index, entry);
        nodes[parent].ChildStamp = layer + 1;
        var id = nodes.FindOrAdd(parent, PathText.Name(entry.PathBytes));
        var target = entry.Type == EntryType.HardLink ? walker.Find(entry.LinkBytes, followLast: false) : NodeStore.None;
        var owner = target == NodeStore.None ? null : links.OwnerOf(target, nodes, walker);
        var directory = entry.Type == EntryType.Directory;
        if (trace is not null)
        {
            var below = directory && nodes[id].Visible && walker.TypeOf(id) == EntryType.Directory ? id : target;
            trace.Placed((layer, index), id, below, nodes[Math.Max(below, NodeStore.Root)], !directory);
        }
        // First, for the file may lie in a directory that gives way to its link.
        links.Link(layer, index, owner);
        var replaces = Replace(layer, id, entry);
        ref var node = ref nodes[id];
        if (!node.Visible)
            nodes[parent].VisibleChildren++;
        (node.Visible, node.Layer, node.Entry) = (true, layer, index);

        if (directory)
        {
            _directories.Add(id);
            return;
        }
        Dive.Count(id, entry.Size);
        if (!replaces)
            _changes[layer].Added += entry.Size;
    }

    /// <summary>Puts an entry at that very path, whatever links stand there.</summary>
    /// <param name="index"><see cref="NodeStore.None"/>: a directory that no entry names.</param>
    public void Occupy(int layer, int index, ReadOnlySpan<byte> path)
    {
        _lastParent.Id = NodeStore.None;
        var at = NodeStore.Root;
        foreach (var range in path.Split((byte)'/'))
        {
            var id = nodes.FindOrAdd(at, path[range]);
            var isTaken = index != NodeStore.None && path[range.End..].IsEmpty;
            if (nodes[id].Visible && (isTaken || walker.TypeOf(id) != EntryType.Directory))
                HideTree(layer, id, HiddenHow.Overwritten);
            if (!nodes[id].Visible)
            {
                (nodes[id].Visible, nodes[id].Layer) = (true, NodeStore.None);
                nodes[at].VisibleChildren++;
            }
            at = id;
        }
        if (index != NodeStore.None)
            (nodes[at].Layer, nodes[at].Entry) = (layer, index);
    }

    // Hides what stands at the node, unless it is a directory that the entry only gives new metadata. Returns whether a file was replaced.
    bool Replace(int layer, int id, LayerEntry entry)
    {
        ref var node = ref nodes[id];
        var directory = entry.Type == EntryType.Directory;
        if (node.Visible)
        {
            if (walker.TypeOf(id) == EntryType.Directory)
            {
                if (!directory)
                    HideChildren(layer, id);
                return false;
            }
            var how = !directory && IsSameContent(walker.EntryOf(id), entry) ? HiddenHow.MetadataCopy : HiddenHow.Overwritten;
            HideTree(layer, id, how);
            return true;
        }

        // Deleted and made again in one layer: a replacement.
        if (directory || node.HiddenIndex == NodeStore.None || _hidden[node.HiddenIndex] is not { How: HiddenHow.Deleted } gone || gone.HiddenBy != layer)
            return false;
        var old = layers[gone.Layer].Table[gone.Entry];
        _hidden[node.HiddenIndex] = gone with { How = IsSameContent(old, entry) ? HiddenHow.MetadataCopy : HiddenHow.Overwritten };
        _changes[layer].Removed -= old.Size;
        _changes[layer].Overwritten += old.Size;
        return true;
    }

    static bool IsSameContent(LayerEntry old, LayerEntry entry) =>
        old.Type == EntryType.File && entry.Type == EntryType.File && old.Size == entry.Size && old.Content == entry.Content;

    // A tar lists a directory's files one after another: the last parent is mostly the next one too.
    int ParentOf(int layer, int index, LayerEntry entry)
    {
        var path = PathText.Parent(entry.PathBytes);
        if (_lastParent.Id is var last and not NodeStore.None && nodes[last].Visible && walker.TypeOf(last) == EntryType.Directory
            && PathText.Parent(layers[_lastParent.Layer].Table[_lastParent.Entry].PathBytes).SequenceEqual(path))
        {
            trace?.SameParent();
            return last;
        }
        var id = walker.Find(path, followLast: true);
        if (id == NodeStore.None || walker.TypeOf(id) != EntryType.Directory)
            id = MakeDirectories(layer, index, path);
        trace?.ParentFound((layer, index), id, nodes);
        _lastParent = (id, layer, index);
        return id;
    }

    // Directories that no entry names. What stands in the way and is no directory is replaced; a link that can be followed is.
    int MakeDirectories(int layer, int index, ReadOnlySpan<byte> path)
    {
        var at = NodeStore.Root;
        foreach (var range in path.Split((byte)'/'))
        {
            var prefix = path[..range.End];
            if (walker.Find(prefix, followLast: true) is var found and not NodeStore.None && walker.TypeOf(found) == EntryType.Directory)
            {
                at = found;
                continue;
            }
            var id = nodes.FindOrAdd(at, path[range]);
            if (nodes[id].Visible)
                HideTree(layer, id, HiddenHow.Overwritten);
            ref var node = ref nodes[id];
            (node.Visible, node.Layer) = (true, NodeStore.None);
            nodes[at].VisibleChildren++;
            nodes[at].ChildStamp = layer + 1;
            trace?.Made((layer, index), id);
            at = id;
        }
        return at;
    }

    void HideChildren(int layer, int directory)
    {
        if (nodes[directory].VisibleChildren == 0)
            return;
        for (var child = nodes[directory].FirstChild; child != NodeStore.None; child = nodes[child].NextSibling)
            if (nodes[child].Visible)
                HideTree(layer, child, HiddenHow.Deleted);
    }

    // Returns the bytes of the entries that went out of sight.
    long HideTree(int layer, int top, HiddenHow how)
    {
        long bytes = 0;
        // A directory or a link may have been on the way to the last parent, which is still there.
        if (walker.TypeOf(top) != EntryType.File)
            _lastParent.Id = NodeStore.None;
        _pending.Push(top);
        while (_pending.TryPop(out var id))
        {
            ref var node = ref nodes[id];
            node.Visible = false;
            nodes[node.Parent].VisibleChildren--;
            if (node.VisibleChildren > 0)
                for (var child = node.FirstChild; child != NodeStore.None; child = nodes[child].NextSibling)
                    if (nodes[child].Visible)
                        _pending.Push(child);
            if (node.Layer == NodeStore.None)
                continue;
            bytes += walker.EntryOf(id).Size;
            HideEntry(layer, ref node, how);
        }
        return bytes;
    }

    void HideEntry(int layer, ref NodeStore.Node node, HiddenHow how)
    {
        node.HiddenIndex = NodeStore.None;
        if (links.Unlink(node.Layer, node.Entry) is not var (ownerLayer, ownerEntry))
            return;
        var size = layers[ownerLayer].Table.RowAt(ownerEntry).Size;
        if (size == 0)
            return;
        node.HiddenIndex = _hidden.Count;
        _hidden.Add(new HiddenEntry(ownerLayer, ownerEntry, layer, how));
        _changes[layer].Hide(size, how);
    }
}
