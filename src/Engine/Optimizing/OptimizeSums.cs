using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What an optimisation brought, in bytes.</summary>
internal static class OptimizeSums
{
    /// <param name="written">By the number that a layer had; null where it went.</param>
    /// <param name="after">The final file system as it was written.</param>
    public static OptimizedImage Of(
        FoundImage image, KeptBase kept, IReadOnlyList<SourceLayer> layers, ImagePlan plan, IReadOnlyList<NewLayer?> written, Proof proof, FileTree after, Digest? manifest)
    {
        var numbers = Enumerable.Range(0, layers.Count).Where(number => written[number] is not null).ToList();
        var reclaimable = Enumerable.Range(kept.Layers, layers.Count - kept.Layers).Sum(plan.Tree.ReclaimableIn);
        var left = numbers.Select((old, now) => old < kept.Layers ? 0 : after.ReclaimableIn(now)).Sum();
        return new OptimizedImage(
            image.References is [var name, ..] ? name : null, image.Config.Platform, kept, [.. layers.Select((layer, number) => Layer(image, layer, written[number], number))],
            proof, manifest, reclaimable, reclaimable - left, Enumerable.Range(0, kept.Layers).Sum(plan.Tree.ReclaimableIn),
            Dropped(plan, layers, kept.Layers), plan.Drops.Kept, plan.Drops.BytesInBase);
    }

    static OptimizedLayer Layer(FoundImage image, SourceLayer layer, NewLayer? written, int number) => new(
        written is null ? LayerFate.Removed : written.IsRewritten ? LayerFate.Rewritten : LayerFate.Kept,
        layer.Read.Digest, layer.Read.Bytes, layer.Read.StoredBytes,
        written is null ? null : new LayerAfter(written.Written.Digest, written.Written.DiffId, written.Bytes, written.Written.Size),
        image.Config.CommandOf(number));

    // The content of a hard link goes with the last path that shows it: it is counted there where it lies.
    static List<DroppedPath> Dropped(ImagePlan plan, IReadOnlyList<SourceLayer> layers, int keptLayers)
    {
        var dropped = new List<DroppedPath>();
        var counted = new HashSet<(int, int)>();
        foreach (var (id, category) in plan.Drops.Dropped)
        {
            var node = plan.Tree.Nodes[id];
            var owner = plan.Tree.Links.OwnerOf(node.Layer, node.Entry);
            var bytes = owner.Layer >= keptLayers && counted.Add(owner) ? layers[owner.Layer].Facts.Table.RowAt(owner.Entry).Size : 0;
            dropped.Add(new DroppedPath(PathText.Show(plan.Tree.PathOf(id)), category, bytes, node.Layer));
        }
        return [.. dropped.OrderBy(path => path.Category.Word, StringComparer.Ordinal).ThenBy(path => path.Path, StringComparer.Ordinal)];
    }
}
