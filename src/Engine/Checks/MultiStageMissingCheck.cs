using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class MultiStageMissingCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "multi-stage-missing", Severity.Low, "The application was built in the image that it ships in",
        "Build in a stage of its own (FROM … AS build) and copy only what runs: COPY --from=build", null);

    // The history names the step, the files decide: what a later command has purged is no finding.
    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var installed = PackageHistory.Of(image.Layers, image.Tree, image.Os).Where(package => package.RemovedIn is null)
            .Select(package => package.Name)
            .ToHashSet(StringComparer.Ordinal);
        var build = new BuildSteps(image);
        foreach (var step in image.Steps.Where(step => step.Instruction.Verb == "RUN"))
        {
            var commands = ShellScript.Commands(step.Instruction.Arguments);
            var packages = commands.SelectMany(BuildSteps.PackagesOf).Where(BuildTools.IsBuildPackage).Distinct(StringComparer.Ordinal)
                .Where(name => installed.Contains(name) || BuildTools.IsProgram(name) && build.Has(name)).ToList();
            if (packages.Count > 0)
                yield return new Evidence($"history step {step.Number} installs {Counted.Names(packages)}, which the image still has", step.Layer);
            foreach (var command in commands.Select(build.Of).OfType<string>().Distinct(StringComparer.Ordinal))
                yield return new Evidence($"history step {step.Number} runs {command}", step.Layer);
        }
    }
}
