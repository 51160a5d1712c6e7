using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class UnexpandedVariableRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("unexpanded-variable", Severity.Medium,
        "A variable stands where no shell replaces it", "Call a shell for it: [\"sh\", \"-c\", \"exec app $NAME\"].", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from stage in StartCommand.Of(file.Plan)
        from step in stage.Key.Steps
        let words = (step is RunStep run ? run.Command : ShellFormRule.CommandOf(step))?.Words
        where words is { Count: > 0 } && !words.Any(word => StartCommand.IsShell(word.Text))
            && !(step is CmdStep && stage.Value.Entrypoint is not null)
        from word in words
        from use in VariableUse.In(word.Text).Take(1)
        select Remark.At(word, $"{step.Source.Name} as a list has no shell: the program gets ${use.Name} as it is written here");
}
