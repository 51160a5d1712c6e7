using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class LateRemovalRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("late-removal", Severity.Low,
        "What a step removes is still in the layer of another", "Remove it in the step that makes it, mount it, or do not copy it.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var (folder, made) = (new WorkingFolder(), new PathSet());
        var runs = RunsByStep.Of(file);
        foreach (var step in StageLine.Steps(file.Target))
        {
            folder.Pass(step);
            if (step is CopyStep copy)
                foreach (var path in CopiedPaths.Of(copy, folder))
                    made.Add(path);
            if (step is not RunStep run)
                continue;
            var calls = runs[run].Calls;
            if (calls.Where(call => call.Program == "rm").SelectMany(call => call.Arguments())
                .FirstOrDefault(word => folder.Of(word.Text) is { } whole && made.Has(whole)) is { Text: not null } removed)
                yield return removed.Remark($"{removed.Text} came with a layer below, and is shipped with it all the same");
            foreach (var path in calls.SelectMany(Downloaded).Select(folder.Of).OfType<string>())
                made.Add(path);
        }
    }

    // The file that a download goes into, where it is not removed by the same step.
    static IEnumerable<string> Downloaded(RunCall call) => call.Program is "curl" or "wget"
        ? call.Words.Zip(call.Words.Skip(1), (option, value) => (Option: option.Text, Value: value.Text))
            .Where(pair => pair.Option is ['-', not '-', .., 'o' or 'O'] or "-o" or "-O" or "--output" or "--output-document"
                && pair.Value is ['/', ..]).Select(pair => pair.Value) : [];
}
