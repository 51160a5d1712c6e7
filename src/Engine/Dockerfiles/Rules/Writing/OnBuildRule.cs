using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Writing;

/// <remarks>An image that others are built on starts nothing of its own.</remarks>
internal sealed class OnBuildRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("onbuild", Severity.Info,
        "An application image has instructions for builds on top of it", "Write them into the files that are built on this one.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) => file.Target.Steps.Any(step => step is CmdStep or EntrypointStep)
        ? file.Target.Steps.OfType<OnBuildStep>()
            .Select(step => Remark.At(step.Source.Keyword, "whoever builds on this image gets this step without seeing it")) : [];
}
