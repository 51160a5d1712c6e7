using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class PipUnpinnedRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "pip-unpinned", Severity.Low, "pip takes whatever version there is",
        "Name the version, such as gunicorn==23.0.0, or install from a file of requirements that does.", "DL3013");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from install in PipInstall.In(file)
        where !install.Call.Has("-c", "--constraint", "--require-hashes", "--no-index") && !install.Run.IsSet("PIP_CONSTRAINT", install.Call)
        let loose = install.Packages.Where(word => !IsPinned(word.Text)).ToList()
        where loose.Count > 0
        select loose[0].Remark($"{Naming.List(loose)} {Naming.Are(loose)} named without a version, and the next build may bring another");

    // The last is of a path or an address.
    static readonly string[] Marks = ["==", "~=", "<", "/"];

    // Of a repository, a revision behind the @ is one.
    static bool IsPinned(string package) => package.Length == 0 || package[0] is '.' or '/' || package.Contains('$', StringComparison.Ordinal)
        || (package.Contains("git+", StringComparison.Ordinal) ? package.LastIndexOf('@') > package.LastIndexOf('/')
            : Marks.Any(mark => package.Contains(mark, StringComparison.Ordinal))
                || package.EndsWith(".whl", StringComparison.Ordinal) || package.EndsWith(".tar.gz", StringComparison.Ordinal));
}
