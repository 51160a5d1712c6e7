using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class DotnetRestoreUnlockedRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "dotnet-restore-unlocked", Severity.Info, "dotnet restore may take other packages than before",
        "Keep packages.lock.json beside each project (RestorePackagesWithLockFile), copy it, and give --locked-mode.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program == "dotnet" && call.Verb() == "restore" && !call.MayHoldOptions
        where !call.Has("--locked-mode") && !call.Mentions("RestoreLockedMode") && !run.IsSet("RestoreLockedMode", call)
        select call.Remark("what stands behind the packages that a project names is resolved anew at each restore");
}
