using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Images;

/// <summary>A line of the history with the layer that it made.</summary>
/// <param name="Number">From 1, as builders count their steps.</param>
/// <param name="Layer">0 for the lowest; null when the step changed the configuration alone, or the image has fewer layers than it says.</param>
/// <param name="Secrets">That stand in the line.</param>
internal sealed record HistoryStep(int Number, int? Layer, string CreatedBy, Instruction Instruction, IReadOnlyList<SecretHit> Secrets)
{
    /// <summary>To be asked once of an image, which has them for all who look: a hostile history has more than a million steps.</summary>
    public static IReadOnlyList<HistoryStep> Of(IReadOnlyList<HistoryEntry> history, int layers)
    {
        var (steps, layer) = (new List<HistoryStep>(history.Count), 0);
        var empty = Instruction.Parse("");
        foreach (var entry in history)
        {
            var made = entry.EmptyLayer ? (int?)null : layer++;
            var instruction = entry.CreatedBy.Length == 0 ? empty : Instruction.Parse(entry.CreatedBy);
            steps.Add(new HistoryStep(steps.Count + 1, made < layers ? made : null, entry.CreatedBy, instruction, SecretText.Find(entry.CreatedBy, instruction)));
        }
        return steps;
    }
}
