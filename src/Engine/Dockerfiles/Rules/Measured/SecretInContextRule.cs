using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Measured;

/// <remarks>What a step names itself is for the author to answer for, and for <c>copied-credentials</c>: here it is what a folder brings
/// along.</remarks>
internal sealed class SecretInContextRule : IMeasuredRule
{
    public RuleInfo Info { get; } = new("secret-in-context", Severity.High, "A folder is copied with files that may be secret",
        "Add them to .dockerignore, and mount what a step needs: RUN --mount=type=secret.", null);

    public IEnumerable<Remark>? Run(BuildPlan plan, Surroundings around)
    {
        if (around.Context is not { } context)
            return null;
        var copies = StageLine.Of(plan.Stages[^1]).SelectMany(stage => stage.Steps).OfType<CopyStep>().ToDictionary(copy => copy.Source.At.Line);
        return from line in context.Lines
               where line.Reason == IgnoreReason.Secret && line.Bytes > 0
               from step in line.ReadBy
               where copies.ContainsKey(step)
               group line.Line by step into copied
               select Remark.At(copies[copied.Key].Source.Keyword,
                   $"whoever has the image has {Counted.Names([.. copied])}, also where a later step deletes it") with
               {
                   Remedy = $"Add to .dockerignore: {Counted.Names([.. copied])}. Mount what a step needs: RUN --mount=type=secret.",
               };
    }
}
