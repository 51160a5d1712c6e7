using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class DotnetRestoresAgainRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "dotnet-restores-again", Severity.Low, "dotnet restores a second time",
        "Give --no-restore, and give the restore the same runtime and properties as this.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var restored = new StageMarks(file.Plan);
        foreach (var run in file.Runs)
            foreach (var call in run.Calls.Where(call => call.Program == "dotnet"))
                if (call.Verb() == "restore")
                    restored.Mark(run.Stage);
                else if (call.Verb() is "publish" or "build" or "test" or "pack"
                    && restored.Has(run.Stage) && !call.Has("--no-restore", "--no-build") && !call.MayHoldOptions)
                    yield return call.Remark($"dotnet {call.Verb()} looks for packages again, though a restore has done so");
    }
}
