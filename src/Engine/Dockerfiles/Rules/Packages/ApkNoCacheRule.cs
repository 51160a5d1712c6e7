using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class ApkNoCacheRule : IDockerfileRule
{
    static readonly PackageManager Apk = PackageManager.Apk;

    public RuleInfo Info { get; } = new(
        "apk-no-cache", Severity.Low, "apk leaves its index in a layer",
        "Give --no-cache to apk add, or mount a cache over /var/cache/apk.", "DL3019");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        return from run in file.Runs
               where shipped.Has(run.Stage) && !Removal.IsMounted(run, Apk.Caches) && !run.Calls.Any(call => Removal.Deletes(call, Apk.Caches))
               from call in run.Calls
               where Apk.Installs(call) && !call.Has("--no-cache", "--no-network") && !call.MayHoldOptions
               select call.Remark("apk add stores the index that it fetches in this layer", Apk.Valued, " --no-cache");
    }
}
