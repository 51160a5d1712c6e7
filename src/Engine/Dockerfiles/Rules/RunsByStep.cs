using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>The commands of each RUN, for rules that go through the steps in their order.</summary>
internal static class RunsByStep
{
    public static Dictionary<BuildStep, ReviewedRun> Of(ReviewedFile file)
    {
        var runs = new Dictionary<BuildStep, ReviewedRun>(ReferenceEqualityComparer.Instance);
        foreach (var run in file.Runs)
            runs[run.Step] = run;
        return runs;
    }
}
