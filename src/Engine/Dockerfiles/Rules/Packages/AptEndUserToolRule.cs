using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class AptEndUserToolRule : IDockerfileRule
{
    // What apt-get does as well; the other verbs of apt have programs of their own.
    static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "update", "install", "upgrade", "remove", "purge", "autoremove", "clean", "autoclean", "source", "build-dep", "download",
    };

    public RuleInfo Info { get; } = new("apt-end-user-tool", Severity.Low,
        "apt is called where apt-get is meant", "Call apt-get, or apt-cache for a look-up.", "DL3027");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program == "apt"
        select call.Words[0].Remark("apt is for people: what it takes and prints may change with any version") with { Fix = Fix(call) };

    static IReadOnlyList<TextEdit> Fix(RunCall call) =>
        call.IsVerbatim && call.Words[0].Text == "apt" && call.Verb(PackageManager.Apt.Valued) is { } verb && Shared.Contains(verb)
        ? [new TextEdit(call.Words[0].Start, call.Words[0].End, "apt-get")] : [];
}
