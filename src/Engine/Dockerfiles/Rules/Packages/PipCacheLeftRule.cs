using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class PipCacheLeftRule : IDockerfileRule
{
    static readonly string[] Folders = ["/root/.cache/pip"];

    public RuleInfo Info { get; } = new(
        "pip-cache-left", Severity.Low, "pip leaves what it fetched in a layer",
        "Give --no-cache-dir to pip install, or mount a cache over /root/.cache/pip.", "DL3042");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        return from run in file.Runs
               where shipped.Has(run.Stage) && !run.Mounts("pip", ".cache") && !Mounted(run) && !run.Calls.Any(Purges)
               from install in PipInstall.In(run)
               where !run.IsSet("PIP_NO_CACHE_DIR", install.Call) && !install.Call.Has("--no-cache-dir", "--no-cache") && !install.Call.MayHoldOptions
               select install.Call.Remark(install.Verb,
                   "pip install keeps each file that it fetches in its cache, and that is in the layer", " --no-cache-dir");
    }

    static bool Mounted(ReviewedRun run) => run.Variables.GetValueOrDefault("PIP_CACHE_DIR") is { Length: > 1 } folder && run.Mounts(folder);

    static bool Purges(RunCall call) =>
        (call.Program.StartsWith("pip", StringComparison.Ordinal) && call.Mentions("purge")) || Removal.Deletes(call, Folders)
        || (call.Program == "rm" && call.Mentions(".cache"));
}
