using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class DebianFrontendEnvRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "debian-frontend-env", Severity.Low, "DEBIAN_FRONTEND stays set in the image",
        "Say it with ARG, or in the RUN, before the command that needs it.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        return from one in file.Steps
               where shipped.Has(one.Stage)
               let env = one.Step as EnvStep
               where env is not null
               from value in env.Values
               where value.Name.Text == "DEBIAN_FRONTEND"
               select Remark.At(value.Name, "ENV sets DEBIAN_FRONTEND for the containers too, where someone may want to be asked");
    }
}
