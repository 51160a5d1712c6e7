using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class CargoInstallUnpinnedRule : IDockerfileRule
{
    static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "--features", "-F", "--root", "--target", "--profile", "-j", "--jobs", "--bin", "--index",
        "--registry", "--target-dir", "--config", "-Z", "--branch",
        "--git", "--path",
    };

    public RuleInfo Info { get; } = new(
        "cargo-install-unpinned", Severity.Low, "cargo install takes whatever version there is",
        "Name the version: cargo install --locked cargo-chef@0.1.71.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program == "cargo" && call.Verb(Valued) == "install"
            && !call.Has("--version", "--vers", "--path", "--rev", "--tag") && !call.MayHoldOptions
        let loose = call.Arguments(Valued).Skip(1).Where(word => !word.IsVariable && !word.Text.Contains('@', StringComparison.Ordinal)).ToList()
        where loose.Count > 0 || call.Has("--git")
        select loose.Count > 0 ? loose[0].Remark(
            $"{Naming.List(loose)} {Naming.Are(loose)} named without a version, and the next build may bring another")
            : call.Remark("this installs whatever the repository has on that day");
}
