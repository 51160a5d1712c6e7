using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

internal sealed class LatestBaseRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("latest-base", Severity.Medium, "A base image is pinned to latest",
        "Name a version, and best its digest too.", "DL3007");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from stage in file.Plan.Stages
        where BaseName.Of(stage) is { Tag: "latest", Digest: null }
        select Remark.At(stage.From.Image, $"{stage.Image} is another image with each release");
}
