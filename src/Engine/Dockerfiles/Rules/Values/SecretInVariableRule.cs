using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

/// <remarks>Defaults that everybody knows are for the next rule.</remarks>
internal sealed class SecretInVariableRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("secret-in-variable", Severity.Critical, "A secret is written into the Dockerfile",
        "Mount it for the step that needs it (RUN --mount=type=secret), and change it: whoever has the image has it.", "DL3064");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from found in file.Secrets
        where !SecretValues.IsExample(found.Hit.Value) && !found.IsStandIn
        select Remark.At(found.Place, $"{found.Hit.Rule.Title}{(found.Name is null ? "" : $" in {found.Name}")} stays in the history of the image");
}
