using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class LateOwnerRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("late-owner", Severity.Low, "Files are stored twice to change their owner or mode", "Say it where they are copied: COPY --chown=… --chmod=….", null);

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
                yield return runs[run].Remark(call.Program, $"{path} was copied by a step above: {call.Program} puts all that it changes into the image a second time");
        }
    }

    static (ProgramCall, string)? Changing(ReviewedRun run, WorkingFolder folder, PathSet copied) =>
        (from call in ProgramCall.In(run)
         where call.Program is "chown" or "chmod" or "chgrp"
         let isDeep = call.Arguments.Any(option => option is "--recursive" or ['-', not '-', ..] && option.Contains('R', StringComparison.Ordinal))
         from path in call.Operands.Skip(1)
         where folder.Of(path) is { } whole && (copied.Has(whole) || isDeep && copied.IsAbove(whole))
         select ((ProgramCall, string)?)(call, path)).FirstOrDefault();
}
