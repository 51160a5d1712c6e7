using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Dockerfiles.Caching;

/// <summary>What a change of the sources costs a build.</summary>
/// <param name="Groups">Paths of the context by the steps that a change of them rebuilds. First those with the most files times bytes, or steps, to
/// rebuild. What no step reads is in none.</param>
/// <param name="Advice">Where dependencies are fetched anew though none of them changed.</param>
/// <param name="Notes">What was not looked at.</param>
public sealed record CacheReport(IReadOnlyList<CacheGroup> Groups, IReadOnlyList<CacheAdvice> Advice, IReadOnlyList<string> Notes)
{
    const int MostStages = 500;

    /// <param name="image">What the image of the target has of each instruction; null where none was given.</param>
    public static CacheReport Of(BuildContext context, BuildPlan plan, BuildStage target, ImageAttribution? image)
    {
        var uses = ContextUse.Of(plan);
        var rebuilds = new Rebuilds(plan, target, uses);
        if (rebuilds.Stages.Count > MostStages)
            return new([], [], [$"the cache was not looked at: more than {MostStages} stages are built"]);
        var steps = new CacheSteps(rebuilds, image is { Fits: true } ? image : null);
        var groups = new CacheGroups(context, uses, steps);
        return new(groups.All(), [.. RestoreAdvice.Of(context, uses, rebuilds, steps)],
            groups.IsCut ? [$"only {CacheGroups.Most} kinds of paths were looked at"] : []);
    }
}

/// <summary>Paths that have the same steps behind them.</summary>
/// <param name="Paths">Folders end with a slash; one may also have files that no step reads. At most ten, most bytes first; <c>.</c> is all.</param>
/// <param name="More">Paths beyond those.</param>
/// <param name="LayerBytes">Of the steps whose layers are in the image; null where that is not known of any.</param>
public sealed record CacheGroup(IReadOnlyList<string> Paths, int More, long Files, long Bytes, IReadOnlyList<CacheStep> Steps, long? LayerBytes);

/// <param name="LayerBytes">Of its layer; null where it has none in the image, or none was given.</param>
public sealed record CacheStep(int Line, string Stage, string Text, long? LayerBytes);

/// <summary>A step that fetches dependencies behind a copy of the sources.</summary>
/// <param name="Line">Of that step.</param>
/// <param name="CopyLine">Of the copy.</param>
/// <param name="First">The files to copy before it, as names or with a wildcard.</param>
/// <param name="AreBelow">Whether some of them are in folders, so that <c>COPY --parents</c> is needed to keep those.</param>
/// <param name="IsMixed">Whether the step does other work too, and has to be parted first.</param>
/// <param name="Now">What a change of any other file that is copied rebuilds.</param>
/// <param name="Then">What it would rebuild.</param>
/// <param name="NowBytes">Of the layers of those; null where that is not known.</param>
public sealed record CacheAdvice(int Line, string Text, int CopyLine, IReadOnlyList<string> First,
    bool AreBelow, bool IsMixed, IReadOnlyList<CacheStep> Now, IReadOnlyList<CacheStep> Then, long? NowBytes, long? ThenBytes);
