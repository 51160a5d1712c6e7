using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class SudoRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("sudo", Severity.Medium, "A step uses sudo", "Write USER root before the steps that need it, and another USER behind them.", "DL3004");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        where run.Commands.Any(words => words.Length > 1 && RunCall.NameOf(words[0]) == "sudo")
        select run.Remark("sudo", "sudo is one more program with the rights of root in the image, and a step has them by USER anyway");
}
