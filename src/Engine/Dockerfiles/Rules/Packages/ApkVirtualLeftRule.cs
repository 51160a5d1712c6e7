using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class ApkVirtualLeftRule : IDockerfileRule
{
    static readonly PackageManager Apk = PackageManager.Apk;

    public RuleInfo Info { get; } = new(
        "apk-virtual-left", Severity.Low, "Packages that were to be deleted stay in the image",
        "Call apk del with the same name at the end of the same RUN.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        var deletedSomewhere = file.Runs.SelectMany(Deleted).ToHashSet(StringComparer.Ordinal);
        foreach (var run in file.Runs.Where(run => shipped.Has(run.Stage)))
        {
            var deleted = Deleted(run).ToHashSet(StringComparer.Ordinal);
            foreach (var call in run.Calls.Where(Apk.Installs))
                if (Name(call) is { } name && !deleted.Contains(name.Text) && (deletedSomewhere.Contains(name.Text) || IsForBuild(name.Text)))
                    yield return name.Remark(
                        $"{Naming.Short(name.Text)} gathers packages to delete them together, and this RUN does not: "
                        + "a later one cannot take their bytes away");
        }
    }

    // A name may also be there to keep packages from being deleted: .rundeps.
    static bool IsForBuild(string name) => ForBuild.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    static readonly string[] ForBuild = ["build", "compile", "dev", "tmp", "temp"];

    static IEnumerable<string> Deleted(ReviewedRun run) =>
        run.Calls.Where(call => call.Program == "apk" && call.Verb(Apk.Valued) == "del").SelectMany(call => call.Words).Select(word => word.Text);

    static CallWord? Name(RunCall call)
    {
        for (var at = 1; at < call.Words.Count; at++)
            if (call.Words[at].Text is "-t" or "--virtual" && at + 1 < call.Words.Count)
                return call.Words[at + 1];
            else if (call.Words[at] is { Text: ['-', '-', 'v', 'i', 'r', 't', 'u', 'a', 'l', '=', .. var name] } word)
                return word with { Text = name };
        return null;
    }
}
