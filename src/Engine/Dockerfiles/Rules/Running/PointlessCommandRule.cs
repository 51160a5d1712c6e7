using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class PointlessCommandRule : IDockerfileRule
{
    static readonly HashSet<string> Pointless = new(StringComparer.Ordinal) { "free", "ifconfig",
        "nano", "ps", "reboot", "shutdown", "top", "vi", "vim", "vmstat" };

    public RuleInfo Info { get; } = new("pointless-command", Severity.Low,
        "A step calls what does nothing in a build", "Take the command out: nothing that runs in a build runs in the container later.", "DL3001");

    // What is started for the commands behind it, such as a database that they fill, is of use to them.
    static bool IsStart(RunCall call) => call is { Program: "service", Words: [.., { Text: "start" or "restart" }] }
        || (call.Program == "systemctl" && call.Verb() is "start" or "restart");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        let call = run.Calls.FirstOrDefault(call => IsStart(call) ? ReferenceEquals(call, run.Calls[^1]) : Pointless.Contains(call.Program))
        where call is not null
        select call.Words[0].Remark($"{call.Program} has no use in a build: what it shows nobody sees, and what it starts ends with the step");
}
