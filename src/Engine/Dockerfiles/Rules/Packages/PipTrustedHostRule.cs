using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class PipTrustedHostRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "pip-trusted-host", Severity.Medium, "pip takes packages without a check of who sends them",
        "Serve the index over HTTPS, and give pip its authority with --cert or PIP_CERT.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program.StartsWith("pip", StringComparison.Ordinal)
            || call.Program.StartsWith("python", StringComparison.Ordinal) || call.Program == "uv"
        from word in call.Words
        where word.Text is "--trusted-host" or "--allow-insecure-host" or "global.trusted-host"
            || word.Text.StartsWith("--trusted-host=", StringComparison.Ordinal)
            || word.Text.StartsWith("--allow-insecure-host=", StringComparison.Ordinal)
        select word.Remark("for this host, no certificate is checked: whoever is between can send other packages");
}
