using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class NpmUnpinnedRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("npm-unpinned", Severity.Low, "npm takes whatever version there is",
        "Name the version: npm install --global pnpm@10.12.1.", "DL3016");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in NpmCall.In(file)
        where !one.IsCi
        let loose = one.Packages.Where(word => !IsPinned(word.Text)).ToList()
        where loose.Count > 0
        select loose[0].Remark($"{Naming.List(loose)} {Naming.Are(loose)} named without a version, and the next build may bring another");

    // The first @ of a scope says no version; a path, an archive and an address are no names.
    static bool IsPinned(string package) =>
        package.Length == 0 || package[0] is '.' or '/' or '~' || package.Contains('$', StringComparison.Ordinal)
            || package.Contains(':', StringComparison.Ordinal)
        || package.EndsWith(".tgz", StringComparison.Ordinal)
        || (package.LastIndexOf('@') is > 0 and var at && package[(at + 1)..] is not ("latest" or "next" or "*" or ""))
        || (package[0] != '@' && package.Contains('/', StringComparison.Ordinal));
}
