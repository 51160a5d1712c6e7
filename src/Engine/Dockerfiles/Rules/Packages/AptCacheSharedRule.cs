using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class AptCacheSharedRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("apt-cache-shared", Severity.Low,
        "Builds use apt's cache at the same time", "Add sharing=locked to the mount.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in AptCacheMounts.In(file, AptCacheMounts.Archives, AptCacheMounts.Lists)
        where one.Mount.Fields.GetValueOrDefault("sharing") is not ("locked" or "private")
        select MountRemark.At(one.Mount, "apt holds a lock on this folder, and a second build with the same cache fails at it");
}
