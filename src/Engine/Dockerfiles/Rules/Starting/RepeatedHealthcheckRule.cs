using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class RepeatedHealthcheckRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("repeated-healthcheck", Severity.Medium,
        "A stage has more than one HEALTHCHECK", "Keep the last one.", "DL3012");

    public IEnumerable<Remark> Run(ReviewedFile file) => Repeated.In<HealthcheckStep>(file);
}
