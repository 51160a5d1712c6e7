using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Files;

/// <summary>
/// What a fold says of each entry besides where it ended: what had to stand already so that it could end there. Whoever leaves out entries
/// of an image must keep what those that stay lean on.
/// </summary>
internal sealed class FoldTrace
{
    // A hostile image may lead each entry through forty links.
    readonly Budget _links = new("links on the way to its files", 8_000_000);
    readonly List<int[]> _nodes = [];
    readonly List<(int Layer, int Entry)> _trail = [];
    readonly Dictionary<(int Layer, int Entry), (int Layer, int Entry)> _below = [];
    readonly Dictionary<(int Layer, int Entry), IReadOnlyList<(int Layer, int Entry)>> _trails = [];
    readonly Dictionary<(int Layer, int Entry), List<int>> _made = [];
    readonly Dictionary<int, (int Layer, int Entry)> _makers = [];
    readonly HashSet<((int Layer, int Entry) Maker, int Node)> _walked = [];
    IReadOnlyList<(int Layer, int Entry)> _parentTrail = [];
    bool _folding;

    /// <summary>The node where an entry was placed; 0 for a whiteout.</summary>
    public int NodeOf(int layer, int entry) => _nodes[layer][entry];

    /// <summary>What stood at the target of a hard link, or the earlier entry of a directory to which this one gave new metadata; null where nothing did.</summary>
    public (int Layer, int Entry)? Below((int Layer, int Entry) entry) => _below.TryGetValue(entry, out var below) ? below : null;

    /// <summary>The symbolic links that led to the directory of an entry, or to the target of a hard link, and what stood where they led.</summary>
    public IReadOnlyList<(int Layer, int Entry)> TrailOf((int Layer, int Entry) entry) => _trails.GetValueOrDefault(entry, []);

    /// <summary>The directories that no entry names and that were made for this one, from the root down.</summary>
    public IReadOnlyList<int> MadeBy((int Layer, int Entry) entry) => _made.TryGetValue(entry, out var made) ? made : [];

    /// <summary>The last entry for which a directory that no entry names was made.</summary>
    public (int Layer, int Entry)? MakerOf(int node) => _makers.TryGetValue(node, out var maker) ? maker : null;

    public void BeginLayer(int entries)
    {
        _nodes.Add(new int[entries]);
        _folding = true;
    }

    public void EndFold() => _folding = false;

    public void Followed((int Layer, int Entry) link)
    {
        if (_folding && !_trail.Contains(link))
            _trail.Add(link);
    }

    /// <summary>A link went up from a directory, which must be there for that.</summary>
    public void Climbed(int id, NodeStore nodes)
    {
        if (nodes[id].Layer != NodeStore.None)
            Followed((nodes[id].Layer, nodes[id].Entry));
        else if (_folding && MakerOf(id) is { } maker)
            _walked.Add((maker, id));
    }

    /// <summary>Whether something was reached through a directory that no entry names, while it was there for that entry.</summary>
    public bool IsWalked((int Layer, int Entry) maker, int node) => _walked.Contains((maker, node));

    /// <summary>The directory of an entry was looked up. Where links led to it, it must be there for them.</summary>
    public void ParentFound((int Layer, int Entry) entry, int id, NodeStore nodes)
    {
        // What was made for this entry alone is made again with it; what that was made in may be named by an entry that nothing else keeps.
        while (_trail.Count > 0 && nodes[id].Layer == NodeStore.None && MakerOf(id) == entry)
            id = nodes[id].Parent;
        if (_trail.Count > 0 && nodes[id].Layer != NodeStore.None)
            _trail.Add((nodes[id].Layer, nodes[id].Entry));
        else if (_trail.Count > 0 && MakerOf(id) is { } maker)
            _walked.Add((maker, id));
        _parentTrail = _trail.Count == 0 ? [] : [.. _trail];
    }

    /// <summary>The directory is that of the entry before, and so is the way to it.</summary>
    public void SameParent() => _trail.AddRange(_parentTrail);

    public void Made((int Layer, int Entry) entry, int node)
    {
        (_made.TryGetValue(entry, out var made) ? made : _made[entry] = []).Add(node);
        _makers[node] = entry;
    }

    /// <param name="below">The target of a hard link or the directory that is there already; not above 0 where there is none.</param>
    public void Placed((int Layer, int Entry) entry, int node, int below, NodeStore.Node standing, bool isLink)
    {
        _nodes[entry.Layer][entry.Entry] = node;
        if (below > NodeStore.Root && standing.Layer != NodeStore.None)
            _below[entry] = (standing.Layer, standing.Entry);
        else if (below > NodeStore.Root && isLink && MakerOf(below) is { } maker)
            _walked.Add((maker, below));
        KeepTrail(entry);
    }

    /// <summary>A whiteout acted; one that hid nothing needs nothing.</summary>
    public void Removed((int Layer, int Entry) whiteout, bool hid)
    {
        if (hid)
            KeepTrail(whiteout);
        _trail.Clear();
    }

    // Entries of one directory share the way to it.
    void KeepTrail((int Layer, int Entry) entry)
    {
        if (_trail.Count > 0)
        {
            _links.Take(1);
            if (!_trail.SequenceEqual(_parentTrail))
                _links.Take(_trail.Count);
            _trails[entry] = _trail.SequenceEqual(_parentTrail) ? _parentTrail : [.. _trail];
        }
        _trail.Clear();
    }
}
