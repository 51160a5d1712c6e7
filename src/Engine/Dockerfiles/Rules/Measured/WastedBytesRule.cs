using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Measured;

/// <remarks>A package manager writes its database anew in each step: some hundred kilobytes that nobody can help.</remarks>
internal sealed class WastedBytesRule : IMeasuredRule
{
    const long Least = 1 << 20;

    const int Causes = 3;

    public RuleInfo Info { get; } = new("wasted-bytes", Severity.Low,
        "The image carries bytes that nobody can read", "Bring, use and remove files in one step, or in a stage that is not shipped.", null);

    public IEnumerable<Remark>? Run(BuildPlan plan, Surroundings around) => around.Image switch
    {
        null => null,
        { Fits: false } => [],
        var image => [.. image.Instructions.Where(cost => cost.Wasted >= Least).Select(cost => OfItsOwn(plan, cost)), .. OfTheBase(plan, image)],
    };

    static Remark OfItsOwn(BuildPlan plan, InstructionCost cost)
    {
        var causes = cost.HiddenBy.Take(Causes).Select(cause => $"{Bytes.Show(cause.Bytes)} {How(cause)}");
        return Remark.At(MeasuredRules.On(plan, cost.Line!.Value).Keyword,
            $"of the {Bytes.Show(cost.Bytes)} in its layer nobody can read {Bytes.Show(cost.Wasted)}: "
            + $"{string.Join(", ", causes)}{(cost.HiddenBy.Count > Causes ? " and more" : "")}") with
        {
            Remedy = cost.HiddenBy[0].How switch
            {
                HiddenHow.MetadataCopy => "Set owner and mode where the files are copied: --chown and --chmod.",
                HiddenHow.Overwritten => "Write the files once: do in one step what both of them do.",
                _ => null,
            },
        };
    }

    // What a step hides of the base image it cannot take away: both are pulled.
    static IEnumerable<Remark> OfTheBase(BuildPlan plan, ImageAttribution image) =>
        from cause in image.Others?.HiddenBy ?? []
        where cause.Line is not null
        group cause.Bytes by cause.Line!.Value into hidden
        where hidden.Sum() >= Least
        select Remark.At(MeasuredRules.On(plan, hidden.Key).Keyword,
            $"it hides {Bytes.Show(hidden.Sum())} of the base image, which are pulled all the same") with
        {
            Remedy = "Take a base image that has what you need, in place of changing what it has.",
        };

    static string How(WasteCause cause) => (cause.How switch { HiddenHow.Deleted => "deleted by",
        HiddenHow.MetadataCopy => "copied for another owner or mode by", _ => "overwritten by" })
        + (cause.Line is { } line ? $" line {line}" : $" layer {cause.Layer}");
}
