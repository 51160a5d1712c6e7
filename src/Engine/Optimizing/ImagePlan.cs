using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What becomes of each layer of an image.</summary>
/// <param name="Tree">Of the image as it is.</param>
internal sealed record ImagePlan(FileTree Tree, DropSearch Drops, IReadOnlyList<LayerPlan> Layers)
{
    /// <summary>Builders' layers take one or two.</summary>
    const int Rounds = 8;

    public static ImagePlan Of(IReadOnlyList<SourceLayer> layers, ImageConfig config, int keptLayers, IReadOnlyCollection<DropCategory> drop, Limits limits)
    {
        List<LayerFacts> facts = [.. layers.Select(layer => layer.Facts)];
        var (left, tree, drops, hasHidden) = Round(facts, config, keptLayers, drop, limits);
        var (whole, dropped) = (tree, drops);
        for (var round = 1; hasHidden && round < Rounds; round++)
        {
            var before = left;
            (left, _, _, hasHidden) = Round(before, config, keptLayers, [], limits);
            if (left.SequenceEqual(before))
                break;
        }
        List<LayerPlan> plans = [.. facts.Zip(left, LayerPlan.Of)];
        return new ImagePlan(whole, dropped, MaySkip(plans, config) ? plans : [.. plans.Select(plan => plan with { IsEmpty = false })]);
    }

    // What went may have been all that something else was there for, so that there may be more to find.
    static (List<LayerFacts> Left, FileTree Tree, DropSearch Drops, bool HasHidden) Round(
        List<LayerFacts> facts, ImageConfig config, int keptLayers, IReadOnlyCollection<DropCategory> drop, Limits limits)
    {
        List<LayerIndex> indexes = [.. facts.Select((layer, number) => layer.Index(config.DiffIds[number], config.DiffIds[number], 0))];
        var trace = new FoldTrace();
        var tree = FileTree.Of(indexes, limits, trace);
        var drops = new DropSearch(tree, facts, keptLayers, drop);
        drops.Search();
        var keep = new KeepSet(indexes, tree, trace, keptLayers, drops.Dropped.ContainsKey);
        drops.KeepNeeded(keep.Has);
        var thinning = new Thinning(facts, indexes, tree, trace, keep, limits);
        for (var layer = 0; layer < keptLayers; layer++)
            thinning.Pass(layer);
        List<LayerFacts> left = [.. facts.Take(keptLayers), .. Enumerable.Range(keptLayers, facts.Count - keptLayers).Select(thinning.Thin)];
        return (left, tree, drops, thinning.HasHidden);
    }

    // An image has a layer, and its history a step for each.
    static bool MaySkip(List<LayerPlan> plans, ImageConfig config) => plans.Exists(plan => !plan.IsEmpty) && ConfigEdit.TellsLayers(config);
}
