using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Caching;

/// <summary>
/// Finds steps that fetch dependencies behind a copy of a folder which holds the manifests and more: each change of the rest fetches everything
/// again.
/// </summary>
internal static class RestoreAdvice
{
    const int MostSteps = 100;

    public static IEnumerable<CacheAdvice> Of(BuildContext context, IReadOnlyList<ContextUse> uses, Rebuilds rebuilds, CacheSteps steps) =>
        from stage in rebuilds.Stages
        from step in stage.Steps.Select((step, index) => (Run: step as RunStep, Index: index)).Where(step => step.Run is not null).Take(MostSteps)
        let restore = RestoreTool.Of(CallReader.Of(step.Run!.Command))
        where restore is not null
        let advice = Of(context, uses, stage, step.Index, step.Run!, restore.Value, steps)
        where advice is not null
        select advice;

    static CacheAdvice? Of(BuildContext context, IReadOnlyList<ContextUse> uses, BuildStage stage,
        int index, RunStep run, (RestoreTool Tool, RunCall Call, bool IsAll) restore, CacheSteps steps)
    {
        // Of the stages below it, every step is before it.
        var before = new Dictionary<BuildStage, int>(ReferenceEqualityComparer.Instance);
        for (BuildStage? one = stage; one is not null; one = one.Base)
            before[one] = ReferenceEquals(one, stage) ? index : int.MaxValue;
        for (var i = 0; i < uses.Count; i++)
        {
            if (!before.TryGetValue(uses[i].Stage, out var end) || uses[i].Index >= end || uses[i].Step is not CopyStep)
                continue;
            var copied = new CopiedManifests(restore.Tool);
            copied.In(context.Root, UseState.Root([uses[i]]));
            var now = steps.Of(1UL << i);
            var line = run.Source.At.Line;
            if (copied.Patterns.Count == 0 || !copied.HasOthers || now.All(one => one.Line != line))
                continue;
            var then = restore.IsAll ? now.Where(one => one.Line != line).ToList() : now;
            return new(line, StepText.Of(run), uses[i].Step.Source.At.Line, [.. copied.Patterns], copied.AreBelow,
                !restore.IsAll, now, then, CacheSteps.Sum(now), restore.IsAll && CacheSteps.Sum(now) is not null ? CacheSteps.Sum(then) ?? 0 : null);
        }
        return null;
    }

    // What one copy takes that is a manifest because it takes the folder around it.
    sealed class CopiedManifests(RestoreTool tool)
    {
        public SortedSet<string> Patterns { get; } = new(StringComparer.Ordinal);

        public bool AreBelow { get; private set; }

        public bool HasOthers { get; private set; }

        public void In(ContextFolder folder, UseState use)
        {
            foreach (var (name, _) in folder.Files)
                if (use.Of(folder.PathOf(name), isFolder: false) is { Reads: not 0 } of)
                    if (tool.Pattern(name) is not { } pattern)
                        HasOthers = true;
                    else if (of.Begins == 0)
                    {
                        Patterns.Add(pattern);
                        AreBelow |= folder.Path.Length > 0;
                    }
            foreach (var inner in folder.Folders)
                if (Leftover.Find(inner.Name, isFolder: true, []) is null)
                    In(inner, use.Of(inner.Path, isFolder: true));
        }
    }
}
