using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class SudoRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("sudo", Severity.Medium, "A step uses sudo",
        "Write USER root before the steps that need it, and another USER behind them.", "DL3004");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        let first = run.Calls.Select(Sudo).FirstOrDefault(word => word.Text is not null)
        where first.Text is not null
        select first.Remark("sudo is one more program with the rights of root in the image, and a step has them by USER anyway");

    // With -u it mostly gives rights away, which USER does not do within a step.
    static CallWord Sudo(RunCall call)
    {
        var before = call.Before;
        for (var at = 0; at < before.Count; at++)
            if (RunCall.NameOf(before[at].Text) == "sudo")
                return before.Skip(at).Any(word => word.Text is "-u" or "--user"
                    || word.Text.StartsWith("--user=", StringComparison.Ordinal) || word.Text is ['-', 'u', _, ..]) ? default : before[at];
        return default;
    }
}
