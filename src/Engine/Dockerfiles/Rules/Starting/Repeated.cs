using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

/// <summary>Instructions of which only the last of a stage counts.</summary>
internal static class Repeated
{
    public static IEnumerable<Remark> In<T>(ReviewedFile file) where T : BuildStep =>
        from stage in file.Plan.Stages
        from step in stage.Steps.OfType<T>().SkipLast(1)
        select Remark.At(step.Source.Keyword, $"another {step.Source.Name} stands below in this stage, and this one does nothing");
}
