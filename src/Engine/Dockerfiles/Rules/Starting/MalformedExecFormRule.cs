using System.Text.RegularExpressions;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed partial class MalformedExecFormRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("malformed-exec-form", Severity.High,
        "A list that is no JSON is given to a shell as text", "Put each word in double quotes, with commas between them.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let command = CommandOf(one.Step)
        where command is { IsShellForm: true } && IsMeant(one.Step, command.Text.Text)
        select Remark.At(command.Text,
            $"this is no list of strings in double quotes, so that {one.Step.Source.Name} gives it to the shell as it stands");

    static StepCommand? CommandOf(BuildStep step) =>
        step switch { RunStep run => run.Command, HealthcheckStep health => health.Command, _ => ShellFormRule.CommandOf(step) };

    // RUN [ -f x ] is a test.
    static bool IsMeant(BuildStep step, string text) => step is RunStep ? List().IsMatch(text) : text.StartsWith('[')
        && !text.StartsWith("[ ", StringComparison.Ordinal) && !text.StartsWith("[[", StringComparison.Ordinal) || List().IsMatch(text);

    [GeneratedRegex("^\\[\\s*['\"\u201c\u201d]?[^'\"\u201c\u201d]*['\"\u201c\u201d]\\s*,\\s*['\"\u201c\u201d]|^\\[\\s*['\u201c\u201d][^'\"\u201c\u201d$]*['\u201c\u201d]\\s*\\]$")]
    private static partial Regex List();
}
