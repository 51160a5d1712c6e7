using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Packages;

/// <summary>One version of a file of which something is known: the layer that has it, and the one that replaced or deleted it.</summary>
/// <param name="HiddenBy">Null while it is visible.</param>
internal sealed record Sighting<T>(int Layer, T Evidence, int? HiddenBy);

/// <summary>What is known of files in all layers, by path, each path's versions from the lowest layer up.</summary>
internal static class Sightings
{
    /// <param name="known">What a layer knows, by the row of the file.</param>
    public static IReadOnlyDictionary<string, List<Sighting<T>>> Of<T>(
        IReadOnlyList<LayerIndex> layers, FileTree tree, Func<LayerIndex, IReadOnlyDictionary<int, T>> known)
    {
        var hidden = HiddenOf(layers, tree, known);
        var files = new Dictionary<string, List<Sighting<T>>>(StringComparer.Ordinal);
        for (var layer = 0; layer < layers.Count; layer++)
            foreach (var (row, evidence) in known(layers[layer]))
            {
                var path = layers[layer].Table[row].Path;
                if (!files.TryGetValue(path, out var versions))
                    files[path] = versions = [];
                versions.Add(new Sighting<T>(layer, evidence, hidden.TryGetValue((layer, row), out var by) ? by : null));
            }
        foreach (var (path, versions) in files)
            Settle(path, versions, layers, tree);
        return files;
    }

    static Dictionary<(int Layer, int Row), int> HiddenOf<T>(IReadOnlyList<LayerIndex> layers, FileTree tree, Func<LayerIndex, IReadOnlyDictionary<int, T>> known)
    {
        var hidden = new Dictionary<(int, int), int>();
        foreach (var entry in tree.Hidden)
            if (known(layers[entry.Layer]).ContainsKey(entry.Entry))
                hidden[(entry.Layer, entry.Entry)] = entry.HiddenBy;
        return hidden;
    }

    // A file whose content another hard link still shows is not among the hidden, but its own path may show something else by now.
    static void Settle<T>(string path, List<Sighting<T>> versions, IReadOnlyList<LayerIndex> layers, FileTree tree)
    {
        for (var i = 0; i < versions.Count - 1; i++)
            versions[i] = versions[i] with { HiddenBy = versions[i].HiddenBy ?? versions[i + 1].Layer };
        if (versions[^1] is { HiddenBy: null } last && (tree.FindLink(path) is not { } shown || shown.Layer > last.Layer))
            versions[^1] = last with { HiddenBy = tree.FindLink(path)?.Layer ?? layers.Count - 1 };
    }
}
