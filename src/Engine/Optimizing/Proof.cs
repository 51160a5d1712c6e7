using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>
/// What was compared before anything became visible: every path of the final file system, read from the original layers and from the bytes
/// that were written. How those came about it does not know.
/// </summary>
public sealed class Proof
{
    const int Shown = 20;

    readonly List<ProofDifference> _differences = [];

    internal Proof(FileTree before, IReadOnlyList<LayerFacts> facts, IReadOnlyDictionary<int, DropCategory> dropped)
    {
        (Before, Facts, DroppedNodes) = (before, facts, dropped);
    }

    /// <summary>Whether the image is the same but for what was dropped.</summary>
    public bool Holds => DifferenceCount == 0;

    /// <summary>How many paths there were.</summary>
    public int Paths { get; private set; }

    /// <summary>How many of them were to go.</summary>
    public int Dropped => DroppedNodes.Count;

    /// <summary>How many are not what they were.</summary>
    public int DifferenceCount { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<ProofDifference> Differences => _differences;

    internal FileTree Before { get; }

    internal IReadOnlyList<LayerFacts> Facts { get; }

    internal IReadOnlyDictionary<int, DropCategory> DroppedNodes { get; }

    /// <summary>Writes it as JSON lines: a summary, then a line for each path in the order of its bytes.</summary>
    public void Write(Stream output) => ProofFile.Write(this, output);

    internal void Add(ProofDifference difference)
    {
        DifferenceCount++;
        if (_differences.Count < Shown)
            _differences.Add(difference);
    }

    internal void Compare(FileTree after, IReadOnlyList<LayerFacts> facts)
    {
        var groups = new LinkGroups(Before, after);
        for (var id = 1; id < Before.Nodes.Count; id++)
            if (Before.Nodes[id].Visible)
            {
                Paths++;
                Compare(id, after, facts, groups);
            }
        for (var id = 1; id < after.Nodes.Count; id++)
            if (after.Nodes[id].Visible && after.PathOf(id) is var path && Before.Nodes.FindVisible(path) == NodeStore.None)
                Add(new ProofDifference(PathText.Show(path), "it was not there"));
    }

    void Compare(int id, FileTree after, IReadOnlyList<LayerFacts> facts, LinkGroups groups)
    {
        var path = Before.PathOf(id);
        var now = after.Nodes.FindVisible(path);
        if (DroppedNodes.ContainsKey(id) != (now == NodeStore.None))
            Add(new ProofDifference(PathText.Show(path), now == NodeStore.None ? "it is gone" : "it was to be dropped and is there"));
        else if (now != NodeStore.None && (FileState.Of(Before, Facts, id).Difference(FileState.Of(after, facts, now)) ?? groups.Difference(id, now)) is { } difference)
            Add(new ProofDifference(PathText.Show(path), difference));
    }
}

/// <summary>A path that is not what it was.</summary>
public sealed record ProofDifference(string Path, string What);

/// <summary>Tells whether the same paths share one content before and after.</summary>
internal sealed class LinkGroups(FileTree before, FileTree after)
{
    readonly Dictionary<(int, int), (int, int)> _now = [];
    readonly Dictionary<(int, int), (int, int)> _was = [];

    public string? Difference(int was, int now)
    {
        var (old, its) = (Group(before, was), Group(after, now));
        if (old is null || its is null)
            return old == its ? null : old is null ? "it shares its content with others" : "it shares its content no more";
        _now.TryAdd(old.Value, its.Value);
        _was.TryAdd(its.Value, old.Value);
        return _now[old.Value] == its && _was[its.Value] == old ? null : "it shares its content with others than before";
    }

    static (int, int)? Group(FileTree tree, int node)
    {
        if (tree.Nodes[node] is not { Layer: not NodeStore.None } its || tree.Links.OwnerOf(its.Layer, its.Entry) is var owner && tree.Links.PathsOf(owner) < 2)
            return null;
        return owner;
    }
}
