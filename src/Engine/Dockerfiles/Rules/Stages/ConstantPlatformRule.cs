using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

internal sealed class ConstantPlatformRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "constant-platform", Severity.Low, "A base image is of one platform whatever is built for",
        "Leave --platform out, or write $BUILDPLATFORM for a stage that cross-compiles.", "DL3029");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from stage in file.Plan.Stages
        where stage.From.Platform is { } platform && !platform.Contains('$', StringComparison.Ordinal)
        let flag = stage.From.Source.Flags[0]
        select new Remark($"--platform={stage.From.Platform} makes an image of this platform also where another was asked for",
            flag.At, flag.At with { Column = flag.At.Column + flag.Name.Length + 2 });
}
