using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

/// <remarks>A variable that a command of a RUN is given is gone when that ends: nothing runs with it later.</remarks>
internal sealed class DefaultPasswordRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("default-password", Severity.Medium,
        "A password that everybody knows is set", "Leave it out, and let the container refuse to start without one.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from found in file.Secrets
        where SecretValues.IsExample(found.Hit.Value) && !(found.IsOfCommand && found.Name is not null)
        select Remark.At(found.Place, $"{found.Name ?? "this"} has a value that everybody tries first, and is what runs where nobody says another");
}
