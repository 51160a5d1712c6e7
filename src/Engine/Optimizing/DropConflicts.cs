using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>
/// Finds what was to go and cannot. A whiteout acts before the entries of its own layer: it hides none of them, and takes from under them what they lean on.
/// Layers that have a path twice, or link to what they replace, show that; builders make few of them.
/// </summary>
internal sealed class DropConflicts(FileTree tree, IReadOnlyList<LayerFacts> facts, FoldTrace trace, KeepSet keep, IReadOnlyDictionary<int, DropCategory> dropped)
{
    /// <param name="after">Of what would be left.</param>
    /// <returns>Nodes that must stay: all where it cannot be told which.</returns>
    public IReadOnlyList<int> Find(FileTree after, IReadOnlyList<LayerFacts> left)
    {
        var proof = new Proof(tree, facts, dropped);
        proof.Compare(after, left);
        if (proof.Holds)
            return [];
        List<int> found = [.. dropped.Keys.Where(id => after.Nodes.FindVisible(tree.PathOf(id)) != NodeStore.None).Concat(LeanedOn()).Distinct()];
        return found.Count > 0 ? found : [.. dropped.Keys];
    }

    IEnumerable<int> LeanedOn()
    {
        for (var layer = 0; layer < facts.Count; layer++)
            for (var entry = 0; entry < facts[layer].Table.Count; entry++)
                if (keep.Has((layer, entry)))
                    foreach (var lean in trace.TrailOf((layer, entry)).Append(trace.Below((layer, entry)) ?? (layer, entry)))
                        if (lean.Layer < layer && ReplacedIn(layer, trace.NodeOf(lean.Layer, lean.Entry)) is { } node)
                            yield return node;
    }

    // The path itself or one above it, where the layer put something that is to go.
    int? ReplacedIn(int layer, int node)
    {
        for (var at = node; at > NodeStore.Root; at = tree.Nodes[at].Parent)
            if (tree.Nodes[at].Layer == layer && dropped.ContainsKey(at))
                return at;
        return null;
    }
}
