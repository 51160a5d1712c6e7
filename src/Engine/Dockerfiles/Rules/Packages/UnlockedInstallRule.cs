using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>An install of yarn or pnpm that may change the lock file.</summary>
/// <param name="options">Those that forbid it.</param>
/// <param name="settings">Variables that do.</param>
internal sealed class UnlockedInstallRule(string program, string lockFile, IReadOnlyList<string> options,
    IReadOnlyList<string> settings, string remedy) : IDockerfileRule
{
    static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "--cwd", "-C", "--dir", "--filter", "-F", "--network-timeout", "--store-dir", "--registry", "--cache-folder", "--modules-folder",
    };

    public RuleInfo Info { get; } = new($"{program}-unlocked", Severity.Medium, $"{program} install may change the lock file", remedy, null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program == program && IsInstall(call) && !call.Has(options) && !call.MayHoldOptions && !settings.Any(name => run.IsSet(name, call))
        select call.Remark($"where {lockFile} does not fit, this installs other versions than it says", Valued);

    // yarn alone installs.
    bool IsInstall(RunCall call) =>
        call.Verb(Valued) is "install" or "i" || (program == "yarn" && call.Verb(Valued) is null && !call.Has("--version", "-v", "--help", "-h"));
}
