using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>An install asks, and nobody is there to answer.</summary>
internal sealed class InstallWithoutYesRule(PackageManager manager, string hadolint) : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        $"{manager.Name}-without-yes", Severity.Medium, $"{manager.Name} asks a question that nobody answers",
        $"Give {Option(manager)} to the command.", hadolint);

    // zypper takes -y behind some verbs alone.
    static string Option(PackageManager manager) => manager.Name == "zypper" ? "--non-interactive" : "-y";

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        foreach (var run in file.Runs)
            for (var at = 0; at < run.Calls.Count; at++)
                if (run.Calls[at] is var call && manager.Installs(call) && !manager.Answers(call)
                    && !call.MayHoldOptions && run.Calls[Math.Max(0, at - 1)] is not { Program: "yes", IsPiped: true })
                    yield return Remark(call);
    }

    Remark Remark(RunCall call)
    {
        var text = $"{call.Program} {call.Verb(manager.Valued)} asks whether to go on"
            + $"{(manager.Name == "apt" ? " where other packages come along" : "")}, and the build fails for want of an answer";
        var after = manager.Name == "zypper" ? call.Words[0] : call.Arguments(manager.Valued).First();
        return call.Remark(text, manager.Valued) with { Fix = call.Remark(after, text, $" {Option(manager)}").Fix };
    }
}
