using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class GemUnpinnedRule : IDockerfileRule
{
    static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "-v", "--version", "-i", "--install-dir", "-n", "--bindir", "-s", "--source", "-P", "--trust-policy", "--platform", "--document", "-p",
        "--http-proxy",
    };

    public RuleInfo Info { get; } = new("gem-unpinned", Severity.Low, "gem takes whatever version there is",
        "Name the version: gem install bundler:2.6.9.", "DL3028");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program == "gem" && call.Verb(Valued) is "install" or "i" && !call.Has("-v", "--version", "-g", "--file")
        let loose = call.Arguments(Valued).Skip(1).Where(word => !word.IsVariable && !IsPinned(word.Text)).ToList()
        where loose.Count > 0
        select loose[0].Remark($"{Naming.List(loose)} {Naming.Are(loose)} named without a version, and the next build may bring another");

    static bool IsPinned(string gem) => gem.Contains(':', StringComparison.Ordinal) || gem.EndsWith(".gem", StringComparison.Ordinal);
}
