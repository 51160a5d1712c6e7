using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Attribution;

/// <summary>What an instruction put into the image.</summary>
/// <param name="Line">Of the Dockerfile; null for what is of no instruction in it.</param>
/// <param name="IsInImage">Whether the history has it.</param>
/// <param name="Layer">0 for the lowest; null where it made none. Of several layers together, the last.</param>
/// <param name="Bytes">Of the files in its layer.</param>
/// <param name="Wasted">Those of them that nobody can read, since a later layer hides them.</param>
/// <param name="HiddenBy">What hides them, most bytes first.</param>
/// <param name="Hides">Bytes of lower layers that this one hides.</param>
public sealed record InstructionCost(int? Line, string Text, bool IsInImage, int? Layer,
    long Bytes, long Wasted, IReadOnlyList<WasteCause> HiddenBy, long Hides)
{
    /// <summary>What is wrong in its layer, or in what it sets.</summary>
    public FoundThere Found { get; init; } = FoundThere.Nothing;
}

/// <param name="Line">Of the instruction that hides them; null where it is not in the Dockerfile.</param>
/// <param name="Layer">That hides them.</param>
public sealed record WasteCause(int? Line, int Layer, HiddenHow How, long Bytes);

/// <summary>Sums up the hidden files of an image by layer.</summary>
internal sealed class LayerCosts(InspectedImage image)
{
    readonly ILookup<int, (int By, HiddenHow How, long Bytes)> _hidden = image.Tree.Hidden
        .GroupBy(hidden => (hidden.Layer, hidden.HiddenBy, hidden.How))
        .Select(group => (group.Key, Bytes: group.Sum(hidden => image.Layers[hidden.Layer].Table[hidden.Entry].Size)))
        .ToLookup(group => group.Key.Layer, group => (group.Key.HiddenBy, group.Key.How, group.Bytes));

    public InstructionCost Of(WrittenStep step, HistoryStep? line, IReadOnlyDictionary<int, int> lines) =>
        line?.Layer is { } layer ? Of(step.Step.Source.At.Line, StepText.Of(step.Step), [layer], lines)
            : new(step.Step.Source.At.Line, StepText.Of(step.Step), line is not null, null, 0, 0, [], 0);

    /// <param name="lines">Of the Dockerfile, by layer.</param>
    public InstructionCost? Others(IReadOnlyDictionary<int, int> lines) =>
        Enumerable.Range(0, image.Layers.Count).Where(layer => !lines.ContainsKey(layer)).ToList() is { Count: > 0 } layers
        ? Of(null, $"{layers.Count} layer{(layers.Count == 1 ? "" : "s")} of the base image", layers, lines) : null;

    InstructionCost Of(int? line, string text, List<int> layers, IReadOnlyDictionary<int, int> lines)
    {
        var causes = layers.SelectMany(layer => _hidden[layer]).GroupBy(hidden => (hidden.By, hidden.How))
            .Select(group => new WasteCause(lines.TryGetValue(group.Key.By, out var by) ? by : null,
                group.Key.By, group.Key.How, group.Sum(hidden => hidden.Bytes)))
            .Where(cause => cause.Bytes > 0).OrderByDescending(cause => cause.Bytes).ThenBy(cause => cause.Layer).ToList();
        var hides = _hidden.SelectMany(lower => lower.Where(hidden => layers.Contains(hidden.By))).Sum(hidden => hidden.Bytes);
        return new(line, text, IsInImage: true, layers[^1], layers.Sum(layer => image.Layers[layer].Size),
            causes.Sum(cause => cause.Bytes), causes, hides);
    }
}
