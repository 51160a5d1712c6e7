using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class InsecureRunRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("insecure-run", Severity.High,
        "A step runs without the sandbox of the builder", "Take --security=insecure out.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        RunFlag.Remarks(file, "security", "insecure", "the step may do to the machine that builds what root may");
}
