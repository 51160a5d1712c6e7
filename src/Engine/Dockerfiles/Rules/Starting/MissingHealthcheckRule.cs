using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

/// <remarks>What exposes a port and starts something is a service. Others may have nothing to be asked.</remarks>
internal sealed class MissingHealthcheckRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("missing-healthcheck", Severity.Info,
        "A service has no health check", "Write a HEALTHCHECK that asks the program whether it works.", "DL3057");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var steps = StageLine.Steps(file.Target).ToList();
        var isService = steps.Exists(step => step.Source.Name == "EXPOSE") && StartCommand.Of(file) is not { Entrypoint: null, Cmd: null };
        return isService && !steps.Exists(step => step is HealthcheckStep)
            ? [Remark.At(file.Target.From.Source.Keyword, $"{file.Target.Title} exposes a port, and nothing says how to ask whether it works")] : [];
    }
}
