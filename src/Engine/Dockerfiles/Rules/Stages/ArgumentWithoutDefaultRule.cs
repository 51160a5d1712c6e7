using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

internal sealed class ArgumentWithoutDefaultRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("argument-without-default", Severity.Low,
        "A FROM needs a variable that has no value", "Give the ARG a default before the first FROM.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var unset = new UnsetVariables(file);
        return from stage in file.Plan.Stages
               from use in unset.In(stage.From.Image.Text)
               let rest = stage.Image ?? stage.Base!.Title
               let then = rest == stage.From.Image.Text ? "there is no base" : $"the base is {rest}"
               select Remark.At(stage.From.Image.Slice(use.At, use.Length),
                   $"{use.Name} has no value where none is given to the build, and {then} then");
    }
}
