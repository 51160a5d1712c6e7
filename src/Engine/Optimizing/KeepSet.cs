using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>
/// The entries that an image needs: all of its base, what is visible above that, and what those lean on, which may be hidden itself: the
/// target of a hard link, a symbolic link on the way, the earlier entries of a directory.
/// </summary>
internal sealed class KeepSet
{
    readonly IReadOnlyList<LayerIndex> _layers;
    readonly FileTree _tree;
    readonly FoldTrace _trace;
    readonly int _base;
    readonly bool[][] _kept;
    readonly Stack<(int Layer, int Entry)> _pending = new();
    readonly Dictionary<(int Layer, int Entry), List<(int Layer, int Entry)>> _links = [];
    readonly HashSet<(int Layer, int Entry)> _marked = [];

    /// <param name="keptLayers">How many of the lowest layers are the base's.</param>
    /// <param name="dropped">Visible nodes that are not wanted.</param>
    public KeepSet(IReadOnlyList<LayerIndex> layers, FileTree tree, FoldTrace trace, int keptLayers, Func<int, bool> dropped)
    {
        (_layers, _tree, _trace, _base) = (layers, tree, trace, keptLayers);
        _kept = [.. layers.Select((layer, number) => number < keptLayers ? [] : new bool[layer.Table.Count])];
        FindMarks();
        for (var id = 1; id < tree.Nodes.Count; id++)
            if (tree.Nodes[id] is { Visible: true, Layer: not NodeStore.None } node && !dropped(id))
                _pending.Push((node.Layer, node.Entry));
        PushWhiteouts();
        foreach (var owner in _marked.Where(owner => owner.Layer < keptLayers && tree.Links.PathsOf(owner) > 0))
            PushLinks(owner);
        while (_pending.TryPop(out var entry))
            Keep(entry);
    }

    public bool Has((int Layer, int Entry) entry) => entry.Layer < _base || _kept[entry.Layer][entry.Entry];

    void Keep((int Layer, int Entry) entry)
    {
        if (Has(entry))
            return;
        _kept[entry.Layer][entry.Entry] = true;
        if (_trace.Below(entry) is { } below)
            _pending.Push(below);
        foreach (var link in _trace.TrailOf(entry))
            _pending.Push(link);
        if (_marked.Contains(entry))
            PushLinks(entry);
    }

    void PushLinks((int Layer, int Entry) owner)
    {
        if (_links.TryGetValue(owner, out var links))
            links.ForEach(_pending.Push);
    }

    // A whiteout finds what it hides over the same links; whether it still has anything to hide is seen later.
    void PushWhiteouts()
    {
        foreach (var (layer, entry) in From(_base))
            if (Whiteout.Is(_layers[layer].Table[entry].PathBytes))
                foreach (var link in _trace.TrailOf((layer, entry)))
                    _pending.Push(link);
    }

    // Engines give the header's owner and mode to the file that a hard link shares, and the link may be gone when the file is not. What a link of the base
    // has changed, one above it may have changed back.
    void FindMarks()
    {
        foreach (var (layer, entry) in From(0))
        {
            if (_layers[layer].Table.RowAt(entry).Type != EntryType.HardLink || _tree.Links.OwnerOf(layer, entry) is var owner && owner == (layer, entry))
                continue;
            var (link, file) = (_layers[layer].Table[entry], _layers[owner.Layer].Table[owner.Entry]);
            if (layer >= _base)
                (_links.TryGetValue(owner, out var links) ? links : _links[owner] = []).Add((layer, entry));
            if ((link.Mode, link.Uid, link.Gid, link.ModifiedAt) != (file.Mode, file.Uid, file.Gid, file.ModifiedAt) || link.Xattrs is not null || file.Xattrs is not null)
                _marked.Add(owner);
        }
    }

    IEnumerable<(int Layer, int Entry)> From(int lowest)
    {
        for (var layer = lowest; layer < _layers.Count; layer++)
            for (var entry = 0; entry < _layers[layer].Table.Count; entry++)
                yield return (layer, entry);
    }
}
