using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class GoInstallUnpinnedRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "go-install-unpinned", Severity.Low, "go install takes whatever version there is",
        "Name the version: go install example.com/tool@v1.2.3.", "DL3062");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program == "go" && call.Verb() is "install" or "get" or "run"
        from word in call.Words
        where word.Text.EndsWith("@latest", StringComparison.Ordinal)
            || word.Text.EndsWith("@master", StringComparison.Ordinal) || word.Text.EndsWith("@main", StringComparison.Ordinal)
        select word.Remark($"{Naming.Short(word.Text)} is another program with each release");
}
