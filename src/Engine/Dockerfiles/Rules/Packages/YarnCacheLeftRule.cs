using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class YarnCacheLeftRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "yarn-cache-left", Severity.Low, "yarn leaves what it fetched in a layer",
        "Mount a cache over yarn's folder, or end the same RUN with yarn cache clean.", "DL3060");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        return from run in file.Runs
               where shipped.Has(run.Stage) && !run.Mounts("yarn", ".cache") && !run.Calls.Any(Empties)
               let call = run.Calls.FirstOrDefault(call => call.Program == "yarn" && call.Verb() == "install")
               where call is not null
               select call.Remark("yarn keeps each archive that it fetches in its cache, and that is in the layer");
    }

    static bool Empties(RunCall call) => (call.Program == "yarn" && call.Verb() == "cache")
        || (call.Program == "rm" && (call.Mentions("yarn") || call.Mentions(".cache")));
}
