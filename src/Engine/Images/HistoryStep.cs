namespace Plimsoll.Engine.Images;

/// <summary>A line of the history with the layer that it made.</summary>
/// <param name="Number">From 1, as builders count their steps.</param>
/// <param name="Layer">0 for the lowest; null when the step changed the configuration alone, or the image has fewer layers than it says.</param>
internal sealed record HistoryStep(int Number, int? Layer, string CreatedBy, Instruction Instruction)
{
    public static IEnumerable<HistoryStep> Of(InspectedImage image)
    {
        var (number, layer) = (0, 0);
        foreach (var entry in image.Config.History)
        {
            var made = entry.EmptyLayer ? (int?)null : layer++;
            yield return new HistoryStep(++number, made < image.Layers.Count ? made : null, entry.CreatedBy, Instruction.Parse(entry.CreatedBy));
        }
    }
}
