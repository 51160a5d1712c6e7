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
        List<int> found = [.. dropped.Keys.Where(id => after.Nodes.FindVisible(tree.PathOf(id)) != NodeStore.None).Concat(LeanedOn()).Concat(OfBrokenGroups()).Distinct()];
        return found.Count > 0 ? found : [.. dropped.Keys];
    }

    IEnumerable<int> LeanedOn()
    {
        for (var layer = 0; layer < facts.Count; layer++)
        {
            var (seen, trail) = (new HashSet<int>(), (IReadOnlyList<(int Layer, int Entry)>)[]);
            for (var entry = 0; entry < facts[layer].Table.Count; entry++)
            {
                if (!keep.Has((layer, entry)))
                    continue;
                // Entries of one directory share the way to it.
                var isNew = trail != (trail = trace.TrailOf((layer, entry)));
                foreach (var lean in (isNew ? trail : []).Append(trace.Below((layer, entry)) ?? (layer, entry)))
                    if (lean.Layer < layer && trace.NodeOf(lean.Layer, lean.Entry) is var node && seen.Add(node) && ReplacedIn(layer, node) is { } replaced)
                        yield return replaced;
            }
        }
    }

    // Hard links of one file go together or not at all.
    IEnumerable<int> OfBrokenGroups() => dropped.Keys.GroupBy(id => tree.Links.OwnerOf(tree.Nodes[id].Layer, tree.Nodes[id].Entry))
        .Where(group => group.Count() < tree.Links.PathsOf(group.Key)).SelectMany(group => group);

    // The path itself or one above it, where the layer put something that is to go.
    int? ReplacedIn(int layer, int node)
    {
        for (var at = node; at > NodeStore.Root; at = tree.Nodes[at].Parent)
            if (tree.Nodes[at].Layer == layer && dropped.ContainsKey(at))
                return at;
        return null;
    }
}
