using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Checks;

internal sealed class SecretInEnvCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "secret-in-env", Severity.Critical, "A secret is in the environment of the image",
        "Give it to the container when it starts (a mounted secret), take it out of the Dockerfile and change it: whoever has the image has it",
        "CIS-DI-0010");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        SecretFinder.InEnv(image).Select(secret => new Evidence(secret.Evidence, Severity: secret.Severity));
}
