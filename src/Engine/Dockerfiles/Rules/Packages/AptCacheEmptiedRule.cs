using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class AptCacheEmptiedRule : IDockerfileRule
{
    static readonly string[] Settings = ["docker-clean", "Keep-Downloaded-Packages"];

    public RuleInfo Info { get; } = new(
        "apt-cache-emptied", Severity.Info, "A cache for apt's archives is emptied after each install",
        "Delete /etc/apt/apt.conf.d/docker-clean in a RUN above, or in this one before the install.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var kept = new StageMarks(file.Plan);
        foreach (var run in file.Runs.Where(run => Settings.Any(setting => run.Step.Command.Script.Contains(setting, StringComparison.Ordinal))))
            kept.Mark(run.Stage);
        return from one in AptCacheMounts.In(file, AptCacheMounts.Archives)
               where !kept.Has(one.Run.Stage)
               select MountRemark.At(one.Mount,
                   "images of Debian and Ubuntu delete archives once they are installed, so that nothing stays in this cache");
    }
}
