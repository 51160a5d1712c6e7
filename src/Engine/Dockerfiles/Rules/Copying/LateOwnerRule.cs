using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class LateOwnerRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("late-owner", Severity.Low,
        "Files are stored twice to change their owner or mode", "Say it where they are copied: COPY --chown=… --chmod=….", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var (folder, copied) = (new WorkingFolder(), new PathSet());
        var runs = RunsByStep.Of(file);
        foreach (var step in StageLine.Steps(file.Target))
        {
            folder.Pass(step);
            if (step is CopyStep copy)
                foreach (var path in CopiedPaths.Of(copy, folder))
                    copied.Add(path);
            else if (step is RunStep run && Changing(runs[run], folder, copied) is var (call, path))
                yield return call.Words[0].Remark(
                    $"{path} was copied by a step above: {call.Program} puts all that it changes into the image a second time");
        }
    }

    static (RunCall, string)? Changing(ReviewedRun run, WorkingFolder folder, PathSet copied) =>
        (from call in run.Calls
         where call.Program is "chown" or "chmod" or "chgrp"
         let isDeep = call.Words.Any(option => option.Text is "--recursive" or ['-', not '-', ..]
             && option.Text.Contains('R', StringComparison.Ordinal))
         from path in call.Arguments().Skip(1).Select(word => word.Text)
         where folder.Of(path) is { } whole && (copied.Has(whole) || isDeep && copied.IsAbove(whole))
         select ((RunCall, string)?)(call, path)).FirstOrDefault();
}
