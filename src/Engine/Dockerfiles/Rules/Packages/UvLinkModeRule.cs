using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class UvLinkModeRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("uv-link-mode", Severity.Info, "uv tries to link out of a mounted cache",
        "Set ENV UV_LINK_MODE=copy above the step.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) => UvCall.In(file)
        .Where(one => one.HasCache && !one.Run.IsSet("UV_LINK_MODE", one.Call) && !one.Call.Has("--link-mode"))
        .DistinctBy(one => one.Run.Stage.Number)
        .Select(one => one.Remark("the cache is another file system, so that uv cannot link from it: it warns, and copies in the end"));
}
