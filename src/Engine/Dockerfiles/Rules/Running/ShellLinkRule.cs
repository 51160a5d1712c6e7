using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

/// <remarks>A link to another sh is there for an image that has none.</remarks>
internal sealed class ShellLinkRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("shell-link", Severity.Low, "The shell of the image is replaced by a link",
        "Write SHELL [\"/bin/bash\", \"-c\"].", "DL4005");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        let call = run.Calls.FirstOrDefault(call => call is { Program: "ln", Words: [.., var shell, { Text: "/bin/sh" }] }
            && RunCall.NameOf(shell.Text) is not ("sh" or "busybox"))
        where call is not null
        select call.Words[^1].Remark("every program of the image that calls sh gets another shell by this");
}
