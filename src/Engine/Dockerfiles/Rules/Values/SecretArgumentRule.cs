using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

internal sealed class SecretArgumentRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("secret-argument", Severity.Medium,
        "A build is given a secret as an argument", "Mount it for the step that needs it: RUN --mount=type=secret,id=….", "DL3064");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from step in file.Plan.Before.Concat(file.Steps.Select(one => one.Step).OfType<ArgStep>())
        from one in step.Values
        where one.Value is null or { Length: 0 } or { Text: "\"\"" } && SecretNames.IsSecret(one.Name.Text)
        select Remark.At(one.Name, $"what is given for {one.Name} stays in the history of the image and in the cache of the builder");
}
