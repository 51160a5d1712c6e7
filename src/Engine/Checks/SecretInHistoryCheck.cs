using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Checks;

internal sealed class SecretInHistoryCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "secret-in-history", Severity.Critical, "A secret is in the build history of the image",
        "Use RUN --mount=type=secret in place of ARG, ENV or the command line, build again and change the secret", "CIS-DI-0010");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        SecretFinder.InHistory(image)
            .Select(secret => new Evidence(secret.Evidence, secret.Layer, Severity: secret.Severity));
}
