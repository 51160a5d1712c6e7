using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class UnverifiedDownloadRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("unverified-download", Severity.Medium,
        "ADD takes what an address has to offer today", "Name what is expected: ADD --checksum=sha256:….", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let add = one.Step as CopyStep
        where add is { IsAdd: true, Checksum: null }
        from source in add.Sources
        where IsWeb(source.Text)
        select Remark.At(source, "nothing holds what is fetched here against what was meant");

    // Of a repository a commit may be named.
    static bool IsWeb(string source) => (source.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && !source.Split('#', '?')[0].EndsWith(".git", StringComparison.Ordinal);
}
