using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class UvUnlockedRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "uv-unlocked", Severity.Medium, "uv sync may write another lock file",
        "Give --locked to uv sync, which fails where uv.lock does not fit, or --frozen, which takes it as it is.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in UvCall.In(file)
        where one.IsSync && !one.Call.Has("--locked", "--frozen") && !one.Call.MayHoldOptions
            && !one.Run.IsSet("UV_LOCKED", one.Call) && !one.Run.IsSet("UV_FROZEN", one.Call)
        select one.Remark("where uv.lock is missing or does not fit, this resolves anew: the image has versions that nobody tried");
}
