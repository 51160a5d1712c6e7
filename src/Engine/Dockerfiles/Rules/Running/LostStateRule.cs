using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

/// <remarks>A cd behind another leads back to where the step began.</remarks>
internal sealed class LostStateRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("lost-state", Severity.Medium,
        "What a step sets is forgotten when it ends", "Use WORKDIR, ENV or USER, or do the rest in the same step.", "DL3003");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        where run.Step.Command.IsShellForm && run.Commands.Count > 0 && !run.Step.Command.Script.Contains('>', StringComparison.Ordinal)
        let last = run.Commands[^1]
        where last is ["cd", not "-", ..] or ["export", _, ..] or ["source" or ".", _] or ["alias",
            _, ..] or ["umask", _] or ["set", ['-', ..]] or ["su", [not '-', ..]]
        where last[0] != "cd" || !run.Commands.SkipLast(1).Any(words => words is ["cd", ..])
        let text = $"{last[0]} is the last that this step does, and the next begins without it"
        select run.Calls.LastOrDefault(call => call.Depth == 0 && call.Words[0].Text == last[0]) is { } call
            ? call.Words[0].Remark(text) : run.Remark(last[0], text);
}
