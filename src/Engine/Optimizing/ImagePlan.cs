using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What becomes of each layer of an image.</summary>
/// <param name="Tree">Of the image as it is.</param>
internal sealed record ImagePlan(FileTree Tree, DropSearch Drops, IReadOnlyList<LayerPlan> Layers)
{
    public static ImagePlan Of(IReadOnlyList<SourceLayer> layers, ImageConfig config, int keptLayers, IReadOnlyCollection<DropCategory> drop, Limits limits)
    {
        var (indexes, facts) = (layers.Select(layer => layer.Index).ToList(), layers.Select(layer => layer.Facts).ToList());
        var trace = new FoldTrace();
        var tree = FileTree.Of(indexes, limits, trace);
        var drops = new DropSearch(tree, facts, keptLayers, drop);
        drops.Search();
        var keep = new KeepSet(indexes, tree, trace, keptLayers, drops.Dropped.ContainsKey);
        drops.KeepNeeded(keep.Has);
        var thinning = new Thinning(facts, indexes, tree, trace, keep, limits);
        List<LayerPlan> plans = [.. layers.Select((_, number) => number < keptLayers ? thinning.Untouched(number) : thinning.Thin(number))];
        return new ImagePlan(tree, drops, MaySkip(plans, config) ? plans : [.. plans.Select(plan => plan with { IsEmpty = false })]);
    }

    // An image has a layer, and its history a step for each.
    static bool MaySkip(List<LayerPlan> plans, ImageConfig config) => plans.Exists(plan => !plan.IsEmpty) && ConfigEdit.TellsLayers(config);
}
