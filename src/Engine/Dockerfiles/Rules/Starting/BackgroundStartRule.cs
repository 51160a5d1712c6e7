using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class BackgroundStartRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("background-start", Severity.Medium,
        "The container ends as soon as it has begun, or does not see its program end",
        "Keep the program in the foreground: without & and nohup.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let command = ShellFormRule.CommandOf(one.Step)
        where command is not null && StartCommand.ScriptOf(command) is { } script && IsBackground(script.Trim())
            || command is { Words: [{ Text: "nohup" }, ..] }
        select Remark.At(command.Text, "a program in the background is not the one that the container lives and ends with");

    static bool IsBackground(string script) => script.StartsWith("nohup ", StringComparison.Ordinal)
        || script.EndsWith('&') && !script.EndsWith("&&", StringComparison.Ordinal) && !script.EndsWith("\\&", StringComparison.Ordinal);
}
