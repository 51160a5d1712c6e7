using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class UvBytecodeRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "uv-bytecode", Severity.Info, "Python compiles packages at each start",
        "Set ENV UV_COMPILE_BYTECODE=1 above the step, or give --compile-bytecode.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) => UvCall.In(file)
        .Where(one => !one.Run.IsSet("UV_COMPILE_BYTECODE", one.Call) && !one.Call.Has("--compile-bytecode", "--compile") && !one.Call.MayHoldOptions)
        .DistinctBy(one => one.Run.Stage.Number)
        .Select(one => one.Remark("uv compiles nothing unless it is told to: each new container compiles what it imports, every time"));
}
