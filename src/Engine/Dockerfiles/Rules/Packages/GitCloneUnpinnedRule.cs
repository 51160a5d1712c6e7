using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class GitCloneUnpinnedRule : IDockerfileRule
{
    static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "-C", "-c", "--depth", "-b", "--branch", "--revision", "-o", "--origin", "--config",
        "--reference", "-j", "--jobs", "--filter", "--shallow-since",
    };

    public RuleInfo Info { get; } = new(
        "git-clone-unpinned", Severity.Info, "git clone takes whatever is newest",
        "Name a tag with --branch, or check a commit out in the same RUN.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        where !run.Calls.Any(IsPin)
        from call in run.Calls
        where call.Program == "git" && call.Verb(Valued) == "clone" && !call.Has("-b", "--branch", "--revision") && !call.MayHoldOptions
        select call.Remark("the layer has what was newest when it was built, and the cache of the build keeps that for as long as it likes", Valued);

    static bool IsPin(RunCall call) => call.Program == "git" && call.Verb(Valued) is "checkout" or "reset" or "switch" or "fetch";
}
