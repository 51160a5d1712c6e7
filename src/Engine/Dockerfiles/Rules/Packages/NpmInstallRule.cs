using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class NpmInstallRule : IDockerfileRule
{
    static readonly string[] Locks = ["package-lock.json", "npm-shrinkwrap.json", "package*.json", "package*", "package-lock*", "package-*.json"];

    public RuleInfo Info { get; } = new(
        "npm-install", Severity.Medium, "npm install may change the lock file",
        "Call npm ci, which installs what package-lock.json says or fails.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        // Where the stage, or what it begins from, has copied a lock file.
        var locked = new StageMarks(file.Plan);
        foreach (var (stage, _) in file.Steps.Where(one => one.Step is CopyStep copy && copy.Sources.Any(IsLock)))
            locked.Mark(stage);
        return NpmCall.In(file).Where(one => one.IsProject && !one.IsCi && !one.Call.MayHoldOptions
            && !one.Call.Has("--package-lock-only") && locked.Has(one.Run.Stage))
            .Select(one => one.Remark("where package-lock.json does not fit, this installs other versions than it says"));
    }

    static bool IsLock(PlacedText source) => Locks.Contains(source.Text[(source.Text.LastIndexOf('/') + 1)..]);
}
