namespace Plimsoll.Engine.Files;

/// <summary>
/// Which paths share one content. Bytes are hidden only when the last of their paths is. Files without hard links take no room here.
/// </summary>
internal sealed class HardLinks
{
    readonly Dictionary<(int Layer, int Entry), (int Layer, int Entry)> _owners = [];
    readonly Dictionary<(int Layer, int Entry), int> _paths = [];
    readonly Dictionary<(int Layer, int Entry), (int Layer, int Entry)> _last = [];

    /// <summary>The entry that holds the content of the file at <paramref name="target"/>; null when there is no such file.</summary>
    public (int Layer, int Entry)? OwnerOf(int target, NodeStore nodes, TreeWalker walker)
    {
        if (target <= NodeStore.Root || nodes[target].Layer == NodeStore.None || walker.TypeOf(target) == EntryType.Directory)
            return null;
        var key = (nodes[target].Layer, nodes[target].Entry);
        return _owners.GetValueOrDefault(key, key);
    }

    /// <summary>The entry that holds the content which an entry's path shows: mostly its own.</summary>
    public (int Layer, int Entry) OwnerOf(int layer, int entry) => _owners.GetValueOrDefault((layer, entry), (layer, entry));

    /// <summary>The entry whose owner, mode, time and attributes the file has: engines give it those of each link to it, and those stay when the link goes.</summary>
    public (int Layer, int Entry) HeaderOf((int Layer, int Entry) owner) => _last.GetValueOrDefault(owner, owner);

    /// <summary>How many visible paths share the content of an owner.</summary>
    public int PathsOf((int Layer, int Entry) owner) => _paths.GetValueOrDefault(owner, 1);

    /// <summary>A path with the entry (<paramref name="layer"/>, <paramref name="entry"/>) now shares the content of <paramref name="owner"/>.</summary>
    public void Link(int layer, int entry, (int Layer, int Entry)? owner)
    {
        if (owner is not { } shared)
            return;
        (_owners[(layer, entry)], _last[shared]) = (shared, (layer, entry));
        _paths[shared] = _paths.GetValueOrDefault(shared, 1) + 1;
    }

    /// <summary>A path went away: returns the entry whose bytes nobody can read any more, or null while another path still shows them.</summary>
    public (int Layer, int Entry)? Unlink(int layer, int entry)
    {
        var owner = _owners.GetValueOrDefault((layer, entry), (layer, entry));
        if (!_paths.TryGetValue(owner, out var paths))
            return owner;
        _paths[owner] = paths - 1;
        return paths == 1 ? owner : null;
    }
}
