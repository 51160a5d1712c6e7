using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class UselessHealthcheckRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("useless-healthcheck", Severity.Low,
        "A health check can say nothing, or too late", "Ask the program itself, twice a minute or so, and let the answer fail.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let health = one.Step as HealthcheckStep
        where health is not null
        let what = What(health)
        where what is not null
        select Remark.At(health.Source.Arguments, what);

    static string? What(HealthcheckStep health)
    {
        if (health.Command is not { } command)
            return "NONE takes away the health check of the base image";
        var script = StartCommand.ScriptOf(command)?.Trim() ?? string.Join(' ', command.Words!.Select(word => word.Text));
        if (script is "true" or ":" or "exit 0" or "/bin/true" || script.EndsWith("|| true", StringComparison.Ordinal)
            || script.EndsWith("|| exit 0", StringComparison.Ordinal))
            return "this command succeeds whatever the program does";
        return Given(health, "interval") > TimeSpan.FromHours(1) ? "with an interval of more than an hour a program that hangs is seen too late"
            : Given(health, "timeout") > TimeSpan.FromMinutes(5)
                ? "with a timeout of more than five minutes a program that hangs is seen too late" : null;
    }

    static TimeSpan? Given(HealthcheckStep health, string name) =>
        health.Source.Flags.FirstOrDefault(flag => flag.Name == name)?.Value is { } value ? GoDuration.Read(value) : null;
}
