using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class ShellInFrontRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("shell-in-front", Severity.Low,
        "A shell stays the first process of the container", "Put exec before the program that is to run: sh -c \"exec app\".", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let command = ShellFormRule.CommandOf(one.Step)
        where command is { Words.Count: > 0 } && StartCommand.ScriptOf(command) is { } script
            && !script.Contains("exec ", StringComparison.Ordinal) && !script.Contains("exec\t", StringComparison.Ordinal)
        select Remark.At(command.Words![0], $"{command.Words[0]} gets the signals of the container, and the program that it starts does not");
}
