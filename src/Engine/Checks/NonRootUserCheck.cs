using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class NonRootUserCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "non-root-user", Severity.High, "The container runs as root",
        "Create a user in the Dockerfile and end with its number, such as USER 10001", "CIS-DI-0001");

    public IEnumerable<Evidence> Run(InspectedImage image) => RunUser.Of(image) switch
    {
        { Name: "" } => [new Evidence("the image names no user, so that it runs as root")],
        { IsRoot: true, Name: "0" or "root" } => [new Evidence($"the user is '{image.Config.User}'")],
        { IsRoot: true } => [new Evidence($"the user is '{image.Config.User}', which has the user id 0")],
        _ => [],
    };
}
