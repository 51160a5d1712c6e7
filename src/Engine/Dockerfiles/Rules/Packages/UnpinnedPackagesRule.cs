using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>An install takes whatever version a repository has on the day of the build.</summary>
internal sealed class UnpinnedPackagesRule(PackageManager manager, string hadolint) : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        $"{manager.Name}-unpinned", Severity.Info, $"{manager.Name} takes whatever version there is",
        $"Name the version of each package, such as {manager.Pinned}.", hadolint);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where manager.Installs(call)
        let loose = manager.Packages(call).Where(word => !word.IsVariable && !manager.IsPinned(word.Text)).ToList()
        where loose.Count > 0
        select loose[0].Remark($"{Naming.List(loose)} {Naming.Are(loose)} named without a version, and the next build may bring another");
}
