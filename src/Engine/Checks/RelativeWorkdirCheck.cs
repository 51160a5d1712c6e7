using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class RelativeWorkdirCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "relative-workdir", Severity.Low, "The working directory is relative to that of the base image",
        "Write WORKDIR with a leading slash", null);

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        if (IsRelative(image.Config.WorkingDir))
            yield return new Evidence($"the working directory is '{image.Config.WorkingDir}'");
        foreach (var step in image.Steps)
            if (step.Instruction is { Verb: "WORKDIR", Arguments: var directory } && IsRelative(directory))
                yield return new Evidence($"history step {step.Number}: WORKDIR {directory}", step.Layer);
    }

    // "C:\app" and "$HOME/app" are absolute, or may be.
    static bool IsRelative(string directory) =>
        directory.Length > 0 && directory[0] is not ('/' or '\\' or '$' or '"' or '\'') && !(directory.Length > 1 && directory[1] == ':');
}
