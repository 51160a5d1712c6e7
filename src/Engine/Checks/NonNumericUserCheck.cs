using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class NonNumericUserCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "non-numeric-user", Severity.Low, "The user is a name, which Kubernetes cannot verify to be other than root",
        "Name the user by its number: USER 10001", null);

    public IEnumerable<Evidence> Run(InspectedImage image) => RunUser.Of(image) switch
    {
        { Name: "" } or { IsNumeric: true } or { IsRoot: true } => [],
        { Uid: { } uid, Name: var name } =>
            [new Evidence($"the user is '{name}' ({uid} in this image); with runAsNonRoot: true the container does not start")],
        // Engines refuse to start it: "unable to find user".
        { Name: var name } =>
            [new Evidence($"the user is '{name}', which etc/passwd of the image does not have: the container does not start",
                Severity: Severity.Medium)],
    };
}
