using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

/// <remarks>What only prints what it is given does not fail; yes does when nobody reads on, and a step with pipefail would too.</remarks>
internal sealed class PipefailRule : IDockerfileRule
{
    /// <summary>Pipes of a script that are looked at. People write some.</summary>
    const int Most = 50;

    static readonly HashSet<string> Harmless = new(StringComparer.Ordinal) { "echo", "printf", "yes", "true", ":" };

    public RuleInfo Info { get; } = new("pipefail", Severity.Low, "A failure before a pipe is not seen",
        "Write SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"] before it, or set -o pipefail.", "DL4006");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var runs = RunsByStep.Of(file);
        var shells = new Dictionary<BuildStage, ShellStep?>(ReferenceEqualityComparer.Instance);
        foreach (var stage in file.Plan.Stages)
        {
            var shell = stage.Base is { } on ? shells[on] : null;
            foreach (var step in stage.Steps)
                if (step is ShellStep next)
                    shell = next;
                else if (step is RunStep { Command: { IsShellForm: true } command } && !IsSafe(shell) && !command.Script.Contains("pipefail",
                    StringComparison.Ordinal) && !IsOther(command.Script) && First(command, runs[(RunStep)step].Calls) is { } remark)
                    yield return remark;
            shells[stage] = shell;
        }
    }

    static Remark? First(StepCommand command, IReadOnlyList<RunCall> calls) =>
        ShellPipes.In(command.Script).Take(Most)
            .Select(at => ScriptPlace.Remark(command, at, 1, "the step goes on where what stands before this pipe fails"))
            .FirstOrDefault(pipe => calls.LastOrDefault(call => call.IsPiped && call.Words[0].Start < pipe.Start) is not { } before
                || !Harmless.Contains(before.Program));

    // A shell that is none of Unix has other rules.
    static bool IsSafe(ShellStep? shell) => shell is not null
        && (!StartCommand.IsShell(shell.Words[0].Text) || shell.Words.Any(word => word.Text.Contains("pipefail", StringComparison.Ordinal)));

    static bool IsOther(string script) =>
        script.StartsWith("#!", StringComparison.Ordinal) && !StartCommand.IsShell(script.AsSpan(2).Trim().ToString().Split(' ', '\n')[0]);
}
