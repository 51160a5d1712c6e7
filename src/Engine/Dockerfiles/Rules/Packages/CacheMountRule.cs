using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A build tool that fetches and compiles everything again, for want of a folder that outlives the step.</summary>
/// <param name="verbs">What it is asked for then; the words that begin so.</param>
/// <param name="folders">Parts of the paths of its caches.</param>
internal sealed class CacheMountRule(string name, IReadOnlyList<string> programs, IReadOnlyList<string> verbs, IReadOnlyList<string> folders, string remedy) : IDockerfileRule
{
    public RuleInfo Info { get; } = new($"{name}-cache-mount", Severity.Info, $"{name} begins anew whenever its step runs", remedy, null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        where !run.Mounts(folders)
        let found = run.Calls.Where(call => programs.Contains(call.Program) && !call.Mentions("-mod=vendor")).Select(call => (Call: call, Verb: Verb(call))).FirstOrDefault(one => one.Verb is not null)
        where found.Call is not null
        select found.Call.Remark(found.Verb!.Value, "nothing of what this fetches and compiles is there when the step runs again");

    CallWord? Verb(RunCall call)
    {
        foreach (var word in call.Arguments())
            if (verbs.Any(verb => word.Text.StartsWith(verb, StringComparison.Ordinal)))
                return word;
        return null;
    }
}
