using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class AptUpdateAloneRule : IDockerfileRule
{
    static readonly IReadOnlySet<string> Update = new HashSet<string>(StringComparer.Ordinal) { "update" };

    // These need fresh lists as well as an install does.
    static readonly IReadOnlySet<string> Uses = new HashSet<string>(StringComparer.Ordinal)
    {
        "install", "reinstall", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "download", "source", "satisfy", "dselect-upgrade",
    };

    static readonly string[] Lists = ["/var/lib/apt"];

    public RuleInfo Info { get; } = new(
        "apt-update-alone", Severity.Medium, "apt-get update and install stand in two RUNs",
        "Put apt-get update and the install into one RUN, with && between them.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        // Whether lists of an earlier RUN are there, and whether something was said about them already.
        var (updated, told) = (new StageMarks(file.Plan), new StageMarks(file.Plan));
        foreach (var run in file.Runs.Where(run => !Removal.IsMounted(run, Lists)))
        {
            var update = run.Calls.FirstOrDefault(call => PackageManager.Apt.Is(call, Update));
            var use = run.Calls.FirstOrDefault(call => PackageManager.Apt.Is(call, Uses) && !IsOfFiles(call));
            // What is deleted again no later step finds.
            var isDeleted = run.Calls.Any(call => Removal.Deletes(call, Lists));
            if (update is not null && use is null && !isDeleted && !run.Calls.Any(StartsOther))
            {
                told.Mark(run.Stage);
                yield return update.Remark("the lists of this RUN are kept by the cache of the build: a later install finds old ones",
                    PackageManager.Apt.Valued);
            }
            else if (update is null && use is not null && updated.Has(run.Stage) && !told.Has(run.Stage))
                yield return use.Remark("this uses lists that an earlier RUN fetched: they are as old as that one's place in the cache",
                    PackageManager.Apt.Valued);
            if (update is not null && !isDeleted)
                updated.Mark(run.Stage);
        }
    }

    // Packages that are there already need no list; those that are named on standard input, or all that there are, do.
    static bool IsOfFiles(RunCall call) =>
        PackageManager.Apt.Packages(call).ToList() is { Count: > 0 } packages && packages.TrueForAll(word => word.Text is ['/' or '.', ..]);

    // A script of its own, or another program over apt, may do the install.
    static bool StartsOther(RunCall call) => call.Words[0].IsVariable || CallReader.IsShell(call.Program) || Installers.Contains(call.Program)
        || (call.Words[0].Text is ['.' or '/', ..] && call.Program is not ("apt-get" or "apt" or "rm"));

    static readonly string[] Installers = ["aptitude", "xx-apt-get", "xx-apt", "apt-fast",
        "xargs", "npx", "playwright", "mk-build-deps", "apt-install", "install-packages", "ansible-playbook"];
}
