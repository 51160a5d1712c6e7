using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Attribution;

/// <summary>The layers of an image, what is wasted in them and what was found, by the instructions of the Dockerfile that made them.</summary>
/// <param name="Fits">Whether the image was built from this Dockerfile. Where not, the rest is a guess that nobody should be told.</param>
/// <param name="Parts">The first place where the two part; null where they do not.</param>
/// <param name="Instructions">Of the stages that end up in the image, in the order in which they are built.</param>
/// <param name="Others">The layers that none of them made, which are those of the base image. Null where there is none.</param>
public sealed record ImageAttribution(bool Fits, AttributionParting? Parts, IReadOnlyList<InstructionCost> Instructions, InstructionCost? Others)
{
    /// <summary>Of the instructions that make layers, and of the layers that come with them.</summary>
    const double Enough = 0.6;

    /// <summary>What was found and is of none of them: settings that no instruction makes, or the image as a whole.</summary>
    public FoundThere Found { get; init; } = FoundThere.Nothing;

    /// <param name="report">Of the image.</param>
    public static ImageAttribution Of(InspectedImage image, ImageReport report, BuildPlan plan, BuildStage target)
    {
        var steps = WrittenStep.Of(plan, target);
        var history = image.Steps.TakeLast(StepAlignment.Most).ToList();
        var found = StepAlignment.Of([.. steps.Select(step => step.Words)], [.. history.Select(StepWords.Of)]);
        List<HistoryStep?> made = [.. found.Select(line => line < 0 ? null : history[line])];
        var costs = new LayerCosts(image);
        var places = new FindingPlaces(report, steps, made);
        var lines = new Dictionary<int, int>();
        for (var i = 0; i < steps.Count; i++)
            if (made[i]?.Layer is { } layer)
                lines[layer] = steps[i].Step.Source.At.Line;
        var instructions = steps.Select((step, i) => costs.Of(step, made[i], lines) with { Found = places.On(i) }).ToList();
        var others = costs.Others(lines) is { } some ? some with { Found = places.OfBase } : null;
        return new(IsEnough(steps, history, found), Parting(steps, history, found, image), instructions, others) { Found = places.OfImage };
    }

    /// <summary>Bytes of the layer that an instruction made; null where it made none, or is not in the image.</summary>
    public long? LayerOf(DockerfileInstruction instruction) =>
        Instructions.FirstOrDefault(cost => cost.Line == instruction.At.Line) is { Layer: not null } cost ? cost.Bytes : null;

    static bool IsEnough(IReadOnlyList<WrittenStep> steps, List<HistoryStep> history, int[] found)
    {
        var first = found.Where(line => line >= 0).DefaultIfEmpty(history.Count).Min();
        var (mine, matched) = (steps.Count(step => step.MakesLayer), steps.Where((step, i) => step.MakesLayer && found[i] >= 0).Count());
        var theirs = history.Skip(first).Count(line => line.Layer is not null && line.Instruction.Verb != "WORKDIR");
        return mine == 0 ? found.Count(line => line >= 0) >= Enough * found.Length : matched >= Enough * Math.Max(mine, theirs);
    }

    static AttributionParting? Parting(IReadOnlyList<WrittenStep> steps, List<HistoryStep> history, int[] found, InspectedImage image)
    {
        var at = Array.FindIndex(found, line => line < 0);
        if (at < 0)
            return null;
        var before = found.Take(at).DefaultIfEmpty(-1).Last();
        var next = found.Skip(at).FirstOrDefault(line => line >= 0, history.Count);
        var there = before >= 0 && before + 1 < next ? image.Mask.Mask(history[before + 1].CreatedBy) : null;
        return new(steps[at].Step.Source.At, StepText.Of(steps[at].Step), there);
    }
}

/// <param name="Text">The instruction that the image has not.</param>
/// <param name="There">What the image has in its place; null where it has nothing there.</param>
public sealed record AttributionParting(TextPosition At, string Text, string? There);
