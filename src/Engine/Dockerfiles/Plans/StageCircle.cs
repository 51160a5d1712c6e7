using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Plans;

/// <summary>Finds stages that need themselves.</summary>
internal static class StageCircle
{
    /// <summary>The first stage of a circle, and the step that leads into it; null where there is none.</summary>
    public static (BuildStage Stage, BuildStep By)? In(BuildPlan plan)
    {
        var needs = plan.Stages.Select(stage => plan.Needs(stage).ToList()).ToList();
        var neededBy = needs.SelectMany((list, number) => list.Select(need => (need.Stage.Number, By: number)))
            .ToLookup(need => need.Number, need => need.By);
        var open = needs.Select(list => list.Count).ToArray();
        // Those that need nothing more are taken away, until none is left or each of the others needs another of them.
        var ready = new Queue<int>(Enumerable.Range(0, open.Length).Where(number => open[number] == 0));
        while (ready.TryDequeue(out var done))
            foreach (var by in neededBy[done])
                if (--open[by] == 0)
                    ready.Enqueue(by);
        var at = Array.FindIndex(open, count => count > 0);
        if (at < 0)
            return null;
        var way = new List<int>();
        while (!way.Contains(at))
        {
            way.Add(at);
            at = Next(at).Stage.Number;
        }
        var first = way.Skip(way.IndexOf(at)).Min();
        return (plan.Stages[first], Next(first).By);

        (BuildStage Stage, BuildStep By) Next(int number) => needs[number].First(need => open[need.Stage.Number] > 0);
    }
}
