using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Cli.Dockerfiles;

/// <summary>A review for people: each finding with its place, the line that it is about, and what to do.</summary>
internal static class TerminalAdvice
{
    const int Indent = 2;

    /// <summary>What is shown of a long line before the words in question.</summary>
    const int Before = 24;

    public static void Write(DockerfileReview review, string name, Screen screen)
    {
        foreach (var advice in review.Advices)
        {
            One(advice, review, name, screen);
            screen.Write();
        }
        screen.Write(Summary(review, name, screen));
        if (review.Advices.Count > 0)
            screen.Write(new Line().Add("plimsoll rules ID", Tone.Accent).Add(" says why a rule matters and shows how to mend it", Tone.Dim));
        if (review.Advices.Count(advice => advice.Remark.Fix.Count > 0) is var safe and > 0)
            screen.Write(new Line().Add($"plimsoll advise {name} --fix", Tone.Accent).Add($" shows the changes for {safe} of them, which are safe", Tone.Dim));
        Around(review.Around, screen);
    }

    static void Around(Surroundings around, Screen screen)
    {
        if (around.Context is { } context)
            ContextPart.Write(context, screen);
        if (around.Cache is { } cache)
            CachePart.Write(cache, screen);
        if (around.Image is { } image)
            AttributionPart.Write(image, screen);
    }

    static void One(Advice advice, DockerfileReview review, string name, Screen screen)
    {
        screen.Write(new Line().Add($"{name}:{advice.Remark.Start}", Tone.Bold).Add("  ").Add(advice.Rule.Severity).Add("  ").Add(advice.Rule.Id, Tone.Bold)
            .Add(advice.Rule.Hadolint is { } code ? $"  {code}" : "", Tone.Dim));
        screen.Wrapped($"{advice.Rule.Title}: {advice.Remark.Text}", Indent);
        Source(advice.Remark, review.Shown(advice.Remark), screen);
        screen.Advice(advice.Remedy, Indent);
    }

    // The line, and a mark below the words. What a terminal does not show as it is takes more cells than characters.
    static void Source(Remark remark, string line, Screen screen)
    {
        var number = $"{remark.Start.Line} ";
        var room = screen.Width - Indent - number.Length - 2;
        var at = Math.Min(remark.Start.Column - 1, line.Length);
        var from = line.Length > room ? Math.Max(0, at - Before) : 0;
        var end = remark.End.Line == remark.Start.Line ? Math.Clamp(remark.End.Column - 1, at, line.Length) : line.Length;
        screen.Write(new Line().To(Indent).Add($"{number}| ", Tone.Dim).Add(screen.Middle(line[from..], room)));
        var mark = new Line().To(Indent + number.Length).Add("| ", Tone.Dim);
        var cells = Math.Max(1, new Line().Add(line[at..end]).Cells);
        mark.To(mark.Cells + new Line().Add(line[from..at]).Cells);
        screen.Write(mark.Add(new string('^', Math.Clamp(cells, 1, Math.Max(1, screen.Width - mark.Cells))), Tone.Of(Engine.Reports.Severity.Medium)));
    }

    static Line Summary(DockerfileReview review, string name, Screen screen)
    {
        var line = new Line().Add($"{name}: ");
        if (review.Advices.Count == 0)
            line.Add("nothing to mend", Tone.Good);
        var isFirst = true;
        foreach (var severity in review.Advices.GroupBy(advice => advice.Rule.Severity).OrderByDescending(group => group.Key))
        {
            line.Add(isFirst ? "" : $" {screen.Glyphs.Dot} ", Tone.Dim).Add($"{severity.Count()} {severity.Key.ToString().ToLowerInvariant()}", Tone.Of(severity.Key));
            isFirst = false;
        }
        return review.Silenced == 0 ? line : line.Add($" ({review.Silenced} silenced in the file)", Tone.Dim);
    }
}
