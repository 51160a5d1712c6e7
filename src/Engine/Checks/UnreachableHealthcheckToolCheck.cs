using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class UnreachableHealthcheckToolCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "unreachable-healthcheck-tool", Severity.Medium, "The health check calls a tool that the image does not have",
        "Let the application check itself (a subcommand or a small script in its own language), or install the tool", null);

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        from program in HealthCommand.Missing(image)
        where program.IsTool
        select new Evidence($"the health check calls {program.Name}, which is not on the image's PATH: the container is never healthy");
}
