using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>Package lists and archives stay in the layer of the RUN that fetched them, whatever a later one deletes.</summary>
internal sealed class CacheLeftRule(PackageManager manager, string id, string what, string hadolint) : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        id, Severity.Low, $"{what} stay in a layer",
        $"End the same RUN with {manager.CleanLine}, or mount a cache over {manager.Caches[0]}.", hadolint);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        return from run in file.Runs
               where shipped.Has(run.Stage) && !Removal.IsMounted(run, manager.Caches)
               let call = Fetched(run)
               where call is not null
               select call.Remark("this RUN does not take them out, and a later one cannot", manager.Valued);
    }

    // The first that fetches something, unless all is deleted behind the last.
    RunCall? Fetched(ReviewedRun run)
    {
        RunCall? first = null;
        foreach (var call in run.Calls)
            if (manager.Is(call, manager.Fetch))
                first ??= call;
            else if (Removal.Deletes(call, manager.Caches)
                || (manager.Programs.Contains(call.Program) && call.Verb(manager.Valued) is { } verb && manager.Clean.Contains(verb)))
                first = null;
        return first;
    }
}
