using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Measured;

/// <remarks>It is said of the first step that takes it; the others do as that one does.</remarks>
internal sealed class UnignoredLeftoversRule : IMeasuredRule
{
    public RuleInfo Info { get; } = new("unignored-leftovers", Severity.Low,
        "A folder is copied with what belongs into no image", "Add it to .dockerignore.", null);

    public IEnumerable<Remark>? Run(BuildPlan plan, Surroundings around) => around.Context is not { } context ? null :
        from line in context.Lines
        where line.Reason is not (IgnoreReason.Secret or IgnoreReason.Unread) && line.ReadBy.Count > 0
        group line by line.ReadBy[0] into taken
        select Remark.At(MeasuredRules.On(plan, taken.Key).Keyword,
            $"it takes {Counted.Names([.. taken.Select(line => $"{line.Line} ({Bytes.Show(line.Bytes)})")])}") with
        {
            Remedy = $"Add to .dockerignore: {Counted.Names([.. taken.Select(line => line.Line)])}.",
        };
}
