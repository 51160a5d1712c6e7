using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class RepeatedCmdRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("repeated-cmd", Severity.Medium, "A stage has more than one CMD", "Keep the last one.", "DL4003");

    public IEnumerable<Remark> Run(ReviewedFile file) => Repeated.In<CmdStep>(file);
}
