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

    public static ImagePlan Of(IReadOnlyList<SourceLayer> layers, ImageConfig config, int keptLayers, IReadOnlyCollection<DropCategory> drop, Limits limits, CancellationToken ct)
    {
        List<LayerFacts> facts = [.. layers.Select(layer => layer.Facts)];
        var staying = new HashSet<int>();
        // What stays after all may need others to stay too.
        for (var again = 1; ; again++)
        {
            ct.ThrowIfCancellationRequested();
            var round = Round(facts, config, keptLayers, drop, staying, limits);
            var left = Settled(round, config, keptLayers, limits, ct);
            if (Conflicts(round, left, config, limits) is not { Count: > 0 } conflicts)
                return Of(facts, round, left, config);
            staying.UnionWith(again < Rounds ? conflicts : round.Drops.Dropped.Keys);
        }
    }

    static ImagePlan Of(List<LayerFacts> facts, Thinned round, List<LayerFacts> left, ImageConfig config)
    {
        List<LayerPlan> plans = [.. facts.Zip(left, LayerPlan.Of)];
        return new ImagePlan(round.Tree, round.Drops, MaySkip(plans, config) ? plans : [.. plans.Select(plan => plan with { IsEmpty = false })]);
    }

    static List<LayerFacts> Settled(Thinned first, ImageConfig config, int keptLayers, Limits limits, CancellationToken ct)
    {
        var (left, hasHidden) = (first.Left, first.HasHidden);
        for (var round = 1; hasHidden && round < Rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            var before = left;
            (left, _, _, hasHidden, _) = Round(before, config, keptLayers, [], [], limits);
            if (left.SequenceEqual(before))
                break;
        }
        return left;
    }

    static IReadOnlyList<int> Conflicts(Thinned round, List<LayerFacts> left, ImageConfig config, Limits limits) =>
        round.Conflicts?.Find(FileTree.Of(Indexes(left, config), limits), left) ?? [];

    // What went may have been all that something else was there for, so that there may be more to find.
    static Thinned Round(
        List<LayerFacts> facts, ImageConfig config, int keptLayers, IReadOnlyCollection<DropCategory> drop, HashSet<int> staying, Limits limits)
    {
        var indexes = Indexes(facts, config);
        var trace = new FoldTrace();
        var tree = FileTree.Of(indexes, limits, trace);
        var drops = new DropSearch(tree, facts, keptLayers, drop, staying);
        drops.Search();
        var keep = new KeepSet(indexes, tree, trace, keptLayers, drops.Dropped.ContainsKey);
        drops.KeepNeeded(keep.Has);
        var thinning = new Thinning(facts, indexes, tree, trace, keep, limits);
        for (var layer = 0; layer < keptLayers; layer++)
            thinning.Pass(layer);
        List<LayerFacts> left = [.. facts.Take(keptLayers), .. Enumerable.Range(keptLayers, facts.Count - keptLayers).Select(thinning.Thin)];
        return new Thinned(left, tree, drops, thinning.HasHidden, drops.Dropped.Count == 0 ? null : new DropConflicts(tree, facts, trace, keep, drops.Dropped));
    }

    static List<LayerIndex> Indexes(List<LayerFacts> facts, ImageConfig config) => [.. facts.Select((layer, number) => layer.Index(config.DiffIds[number], config.DiffIds[number], 0))];

    // An image has a layer, and its history a step for each.
    static bool MaySkip(List<LayerPlan> plans, ImageConfig config) => plans.Exists(plan => !plan.IsEmpty) && ConfigEdit.TellsLayers(config);

    /// <param name="Conflicts">Null where nothing is to go that can be seen.</param>
    sealed record Thinned(List<LayerFacts> Left, FileTree Tree, DropSearch Drops, bool HasHidden, DropConflicts? Conflicts);
}
