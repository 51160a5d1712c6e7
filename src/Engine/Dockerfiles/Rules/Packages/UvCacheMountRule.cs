using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class UvCacheMountRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "uv-cache-mount", Severity.Low, "uv's cache is in a layer",
        "Mount it: RUN --mount=type=cache,target=/root/.cache/uv uv …, or give --no-cache.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        where !run.Calls.Any(Empties)
        from one in UvCall.In(run)
        where !one.HasCache && !one.Call.Has("--no-cache", "--no-cache-dir", "-n") && !one.Call.MayHoldOptions && !run.IsSet("UV_NO_CACHE", one.Call)
        select one.Remark("everything that uv fetches is stored twice in this layer, and fetched again whenever the step runs again");

    static bool Empties(RunCall call) =>
        (call.Program == "uv" && call.Verb() is "cache" or "clean") || (call.Program == "rm" && call.Mentions(".cache"));
}
