using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class RepeatedEntrypointRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("repeated-entrypoint", Severity.Medium,
        "A stage has more than one ENTRYPOINT", "Keep the last one.", "DL4004");

    public IEnumerable<Remark> Run(ReviewedFile file) => Repeated.In<EntrypointStep>(file);
}
