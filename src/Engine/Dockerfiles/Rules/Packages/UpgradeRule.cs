using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A build that upgrades what its base image has.</summary>
internal sealed class UpgradeRule(PackageManager manager, IReadOnlyList<string> verbs, string? hadolint) : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        $"{manager.Name}-upgrade", Severity.Low, $"{manager.Name} upgrades the base image",
        "Begin from a newer base image; where one package is to be newer, name it in an install.", hadolint);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where manager.Programs.Contains(call.Program)
        let words = call.Arguments(manager.Valued).Take(2).ToList()
        // With names behind it, an upgrade is about these.
        where words is [var verb] && verbs.Contains(verb.Text)
        select call.Remark(words[0],
            $"{call.Program} {words[0].Text} changes whatever is newer on that day, and stores each changed file a second time");
}
