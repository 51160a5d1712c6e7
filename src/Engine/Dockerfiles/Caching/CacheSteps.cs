using Plimsoll.Engine.Dockerfiles.Attribution;

namespace Plimsoll.Engine.Dockerfiles.Caching;

/// <summary>Steps that are rebuilt, with what their layers hold where an image tells.</summary>
internal sealed class CacheSteps(Rebuilds rebuilds, ImageAttribution? image)
{
    public IReadOnlyList<CacheStep> Of(ulong readers) =>
        [.. rebuilds.Of(readers).Select(one => new CacheStep(one.Step.Source.At.Line,
            one.Stage.Title, StepText.Of(one.Step), image?.LayerOf(one.Step.Source)))];

    public static long? Sum(IReadOnlyList<CacheStep> steps) =>
        steps.Any(step => step.LayerBytes is not null) ? steps.Sum(step => step.LayerBytes ?? 0) : null;
}
