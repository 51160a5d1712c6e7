using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class AptRecommendsRule : IDockerfileRule
{
    const string Setting = "Install-Recommends";

    public RuleInfo Info { get; } = new(
        "apt-recommends", Severity.Low, "apt installs packages that nobody asked for",
        "Give --no-install-recommends to the install, and name what of the rest is needed.", "DL3015");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var (shipped, settled) = (new ShippedStages(file.Plan), new StageMarks(file.Plan));
        foreach (var run in file.Runs)
        {
            // A configuration of apt says it once for all.
            if (run.Step.Command.Script.Contains(Setting, StringComparison.Ordinal))
                settled.Mark(run.Stage);
            if (!shipped.Has(run.Stage) || settled.Has(run.Stage))
                continue;
            foreach (var call in run.Calls.Where(PackageManager.Apt.Installs))
                if (!call.Has("--no-install-recommends") && !call.MayHoldOptions)
                    yield return call.Remark("this installs recommended packages as well, which are often most of the bytes",
                        PackageManager.Apt.Valued);
        }
    }
}
