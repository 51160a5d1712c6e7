using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A build tool that fetches and compiles everything again, for want of a folder that outlives the step.</summary>
/// <param name="verbs">What it is asked for then; the words that begin so.</param>
/// <param name="folders">Parts of the paths of its caches.</param>
internal sealed class CacheMountRule(string name, IReadOnlyList<string> programs,
    IReadOnlyList<string> verbs, IReadOnlyList<string> folders, string remedy) : IDockerfileRule
{
    public RuleInfo Info { get; } = new($"{name}-cache-mount", Severity.Info, $"{name} begins anew whenever its step runs", remedy, null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        where !run.Mounts(folders)
        let call = run.Calls.FirstOrDefault(call => programs.Contains(call.Program) && !call.Mentions("-mod=vendor") && Verb(call) is not null)
        where call is not null
        select call.Remark(Verb(call)!.Value, "nothing of what this fetches and compiles is there when the step runs again");

    CallWord? Verb(RunCall call)
    {
        foreach (var word in call.Arguments())
            if (verbs.Any(verb => word.Text.StartsWith(verb, StringComparison.Ordinal)))
                return word;
        return null;
    }
}
