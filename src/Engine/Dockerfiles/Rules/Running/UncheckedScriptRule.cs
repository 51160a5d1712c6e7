using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class UncheckedScriptRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("unchecked-script", Severity.Medium,
        "A document goes on behind a command that failed", "Begin it with set -e.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var starts = StartCommand.Of(file.Plan);
        return from run in file.Runs
               let command = run.Step.Command
               where command.IsShellForm && !ReferenceEquals(command.Script, command.Text.Text) && run.Commands.Count > 1
               where !run.Commands.Any(words => words is ["set", ['-', ..], ..])
                   && !command.Script.StartsWith("#!", StringComparison.Ordinal) && Lines(command.Script) > 1 && starts[run.Stage].Shell is null
               select Remark.At(command.Text, "only the last command of this document decides whether the step fails");
    }

    // Lines that begin a command which nothing ties to the one before.
    static int Lines(string script)
    {
        var (lines, isTied) = (0, false);
        foreach (var line in script.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            lines += isTied ? 0 : 1;
            isTied = line.EndsWith('\\') || line.EndsWith("&&", StringComparison.Ordinal) || line.EndsWith('|');
        }
        return lines;
    }
}
