using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <remarks>What a variable names is the choice of whoever builds, when nothing is wrong with its default.</remarks>
internal sealed class UntaggedBaseRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("untagged-base", Severity.Medium,
        "A base image has neither tag nor digest", "Name a version, and best its digest too.", "DL3006");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from stage in file.Plan.Stages
        where !stage.IsFromScratch && BaseName.Of(stage) is { Tag: null, Digest: null }
        select Remark.At(stage.From.Image, $"{stage.Image} is whatever is called latest on the day of the build");
}
