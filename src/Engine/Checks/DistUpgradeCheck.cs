using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class DistUpgradeCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "dist-upgrade", Severity.Low, "The build upgraded the whole distribution",
        "Take a newer base image and rebuild often; where one package must be newer, install that one", "DKL-DI-0003");

    // No file tells an upgrade from a newer base, so that the history must.
    public IEnumerable<Evidence> Run(InspectedImage image) =>
        from step in image.Steps
        where step.Instruction.Verb == "RUN"
        from command in ShellScript.Commands(step.Instruction.Arguments)
        where IsUpgrade(command)
        select new Evidence($"history step {step.Number}: {image.Mask.Mask(string.Join(' ', command))}", step.Layer);

    static bool IsUpgrade(string[] command) => Programs.StartedBy(command) switch
    {
        "apt-get" or "apt" or "aptitude" or "sudo" => command.Any(word => word is "dist-upgrade" or "full-upgrade"),
        "do-release-upgrade" => true,
        _ => false,
    };
}
