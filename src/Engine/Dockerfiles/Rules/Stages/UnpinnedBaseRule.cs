using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <remarks>Of images that an ARG names whoever builds may say a digest, so that nothing is said of them.</remarks>
internal sealed class UnpinnedBaseRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("unpinned-base", Severity.Info, "A base image has a tag and no digest", "Put the digest behind the tag: name:tag@sha256:….", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from stage in file.Plan.Stages
        where !stage.From.Image.Text.Contains('$', StringComparison.Ordinal) && BaseName.Of(stage) is { Tag: not (null or "latest"), Digest: null }
        select Remark.At(stage.From.Image, $"the tag of {stage.Image} can be moved to another image");
}
