using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class CargoUnlockedRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("cargo-unlocked", Severity.Low, "cargo may change the lock file",
        "Give --locked, which fails where Cargo.lock does not fit.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program == "cargo" && call.Verb() is "build" or "install" or "rustc" && !call.Has("--locked", "--frozen") && !call.MayHoldOptions
        select call.Remark(call.Verb() == "install" ? "without --locked, cargo install takes newer dependencies than the author of the program tried"
            : "where Cargo.lock is missing or does not fit, this resolves anew: the image has versions that nobody tried");
}
