namespace Plimsoll.Engine.Files;

/// <summary>
/// The symbolic links below a layer in whose place it has a directory of its own. Its whiteouts in there are about that directory, in which nothing lies
/// yet, and not about what is where the link led.
/// </summary>
internal sealed class ReplacedLinks(NodeStore nodes, IReadOnlyList<LayerIndex> layers, TreeWalker walker)
{
    readonly HashSet<int> _links = [];
    int _layer = NodeStore.None;

    /// <summary>Whether one of them is on the way to a directory. It is first asked before the layer has changed anything.</summary>
    public bool Hold(int layer, ReadOnlySpan<byte> directory)
    {
        if (_layer != layer)
            Find(layer);
        return nodes.Passes(directory, _links);
    }

    void Find(int layer)
    {
        _layer = layer;
        _links.Clear();
        var table = layers[layer].Table;
        for (var i = 0; i < table.Count; i++)
            if (table.RowAt(i).Type == EntryType.Directory && nodes.FindVisible(table[i].PathBytes) is var id and not NodeStore.None && walker.TypeOf(id) == EntryType.SymbolicLink)
                _links.Add(id);
    }
}
