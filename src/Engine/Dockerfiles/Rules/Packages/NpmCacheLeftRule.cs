using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class NpmCacheLeftRule : IDockerfileRule
{
    static readonly string[] Folders = ["/root/.npm"];

    public RuleInfo Info { get; } = new(
        "npm-cache-left", Severity.Low, "npm leaves what it fetched in a layer",
        "Mount a cache over /root/.npm, or end the same RUN with npm cache clean --force.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        return from one in NpmCall.In(file).DistinctBy(one => one.Run.Step.Source.At)
               where shipped.Has(one.Run.Stage) && !one.Run.Mounts("npm") && !IsMounted(one.Run) && !one.Run.Calls.Any(Empties)
               select one.Remark("npm keeps each archive that it fetches in its cache, and that is in the layer");
    }

    static bool IsMounted(ReviewedRun run) =>
        (run.Variables.GetValueOrDefault("NPM_CONFIG_CACHE") ?? run.Variables.GetValueOrDefault("npm_config_cache")) is { Length: > 1 } folder
            && run.Mounts(folder);

    static bool Empties(RunCall call) => (call.Program == "npm" && call.Verb() == "cache" && call.Mentions("clean"))
        || Removal.Deletes(call, Folders) || (call.Program == "rm" && (call.Mentions(".npm") || call.Mentions("_cacache")));
}
