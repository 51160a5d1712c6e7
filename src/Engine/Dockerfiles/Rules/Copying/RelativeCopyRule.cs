using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class RelativeCopyRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("relative-copy", Severity.Low,
        "The destination of a COPY depends on where a base image left off", "Write a WORKDIR before it, or the whole path.", "DL3045");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var placed = new HashSet<BuildStage>(ReferenceEqualityComparer.Instance);
        foreach (var stage in file.Plan.Stages)
        {
            // That of scratch is the root.
            var hasFolder = stage.IsFromScratch || stage.Base is { } on && placed.Contains(on);
            foreach (var step in stage.Steps)
            {
                hasFolder |= step.Source.Name == "WORKDIR";
                if (!hasFolder && step is CopyStep copy && copy.Destination.Text.Trim('"', '\'') is not (['/' or '\\' or '$', ..] or [_, ':', ..]))
                    yield return Remark.At(copy.Destination, $"{copy.Destination} is relative, and no WORKDIR above it says to what");
            }
            if (hasFolder)
                placed.Add(stage);
        }
    }
}
