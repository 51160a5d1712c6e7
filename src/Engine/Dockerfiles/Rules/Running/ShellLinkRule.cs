using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class ShellLinkRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("shell-link", Severity.Low, "The shell of the image is replaced by a link", "Write SHELL [\"/bin/bash\", \"-c\"].", "DL4005");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        where ProgramCall.In(run).Any(call => call.Program == "ln" && call.Arguments is [.., "/bin/sh"])
        select run.Remark("/bin/sh", "every program of the image that calls sh gets another shell by this");
}
