using Plimsoll.Engine.Dockerfiles.Caching;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>What a change of which files rebuilds, and what would make it less.</summary>
internal static class CachePart
{
    const int Groups = 8, Verbs = 8, Indent = 4;

    public static void Write(CacheReport cache, Screen screen)
    {
        screen.Heading("Cache", new Line().Add(cache.Advice.Count > 0 ? TerminalReport.Count(cache.Advice.Count, "step fetches", "steps fetch") + " dependencies for each change" : TerminalReport.Count(cache.Groups.Count, "kind of change", "kinds of change"), cache.Advice.Count > 0 ? Tone.Warn : Tone.Dim));
        foreach (var group in cache.Groups.Take(Groups))
            Write(group, screen);
        if (cache.Groups.Count > Groups)
            screen.Write(new Line().To(2).Add($"and {cache.Groups.Count - Groups} more kinds of change", Tone.Dim));
        foreach (var advice in cache.Advice)
            screen.Advice(Told(advice), 2);
        foreach (var note in cache.Notes)
            screen.Wrapped(note, 2, Tone.Warn);
    }

    static void Write(CacheGroup group, Screen screen)
    {
        var paths = group.Paths is ["."] ? "any file" : string.Join(", ", group.Paths) + (group.More > 0 ? $" and {group.More} more" : "");
        var end = $" rebuilds {Steps(group.Steps, group.LayerBytes)}";
        screen.Write(new Line().To(2).Add("a change of ").Add(screen.Middle(paths, screen.Width - 14 - end.Length), Tone.Accent).Add(end));
        var lines = group.Steps.Count > Verbs ? $"lines {string.Join(", ", group.Steps.Select(step => step.Line))}" : $"line {string.Join(", ", group.Steps.Select(step => $"{step.Line} {step.Text.Split(' ')[0]}"))}";
        screen.Write(new Line().To(Indent).Add(screen.Middle(lines, screen.Width - Indent), Tone.Dim));
    }

    static string Told(CacheAdvice advice)
    {
        var first = advice.First.Count == 1 ? advice.First[0] : $"{string.Join(", ", advice.First.SkipLast(1))} and {advice.First[^1]}";
        var how = advice.AreBelow ? " with COPY --parents" : "";
        var start = $"Line {advice.Line} fetches dependencies anew for each change of what line {advice.CopyLine} copies. ";
        return advice.IsMixed
            ? $"{start}Part what fetches them from what builds, and copy {first} alone{how} before it: a change of another file then fetches nothing"
            : $"{start}Copy {first} alone{how} before it, and the rest behind it: a change of another file then rebuilds {Steps(advice.Then, advice.ThenBytes)}, and not {Steps(advice.Now, advice.NowBytes)}";
    }

    static string Steps(IReadOnlyList<CacheStep> steps, long? bytes) => TerminalReport.Count(steps.Count, "step") + (bytes is { } some ? $" of {Bytes.Show(some)}" : "");
}
