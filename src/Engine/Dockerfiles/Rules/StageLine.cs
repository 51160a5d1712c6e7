using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>A stage and the stages that it begins from: what their steps did is in it.</summary>
internal static class StageLine
{
    /// <summary>The lowest first.</summary>
    public static IReadOnlyList<BuildStage> Of(BuildStage stage)
    {
        var line = new List<BuildStage>();
        for (var one = stage; one is not null; one = one.Base)
            line.Add(one);
        line.Reverse();
        return line;
    }

    public static IEnumerable<BuildStep> Steps(BuildStage stage) => Of(stage).SelectMany(one => one.Steps);
}
