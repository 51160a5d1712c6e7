using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class NugetCacheMountRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "nuget-cache-mount", Severity.Info, "Every change of a package fetches all of them again",
        "Mount a cache over /root/.nuget/packages, in the RUN of the restore and in those that build.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        var copies = file.Steps.Select(one => one.Step).OfType<CopyStep>().Where(step => step.From is not null && step.Sources.Any(IsPackages));
        var copied = copies.Select(step => file.Plan.Find(step.From!.Text)?.Number).ToHashSet();
        return from run in file.Runs
               // In an image that someone gets, packages may be what it needs at run time; where another stage copies them, a mount would hide them.
               where !shipped.Has(run.Stage) && !copied.Contains(run.Stage.Number) && !run.Mounts("nuget") && !IsMounted(run)
               let call = run.Calls.FirstOrDefault(call => call.Program == "dotnet" && call.Verb() == "restore")
               where call is not null
               select call.Remark("packages are in the layer of this RUN alone: when a project file changes, all are fetched again");
    }

    static bool IsPackages(PlacedText source) => source.Text.Contains("nuget", StringComparison.OrdinalIgnoreCase);

    static bool IsMounted(ReviewedRun run) => run.Variables.GetValueOrDefault("NUGET_PACKAGES") is { Length: > 1 } folder && run.Mounts(folder);
}
