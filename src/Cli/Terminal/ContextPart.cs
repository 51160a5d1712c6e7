using System.Globalization;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>What a build is given, what makes it large, and the lines that make it smaller.</summary>
internal static class ContextPart
{
    const int BarCells = 10;
    const int Indent = 2 + 10 + 1 + BarCells + 2;

    public static void Write(ContextReport context, Screen screen)
    {
        screen.Heading("Context", Summary(context, screen));
        foreach (var entry in context.Largest)
        {
            var line = Start(entry.Bytes, context.Sent.Bytes, screen);
            var end = (entry.IsFolder ? $"  {Number(entry.Files)} {(entry.Files == 1 ? "file" : "files")}" : "") + (entry.Read == 0 ? "  read by no step" : "");
            screen.Write(line.Add(screen.Path(entry.IsFolder ? entry.Path + "/" : entry.Path, screen.Width - Indent - end.Length)).Add(end, Tone.Dim));
        }
        if (context.Sent.Bytes - context.Largest.Sum(entry => entry.Bytes) is var rest and > 0 && context.Largest.Count > 0)
            screen.Write(Start(rest, context.Sent.Bytes, screen).Add("in other files", Tone.Dim));
        Lines(context, screen);
        foreach (var note in context.Notes)
            screen.Wrapped(note, 2, Tone.Warn);
    }

    static void Lines(ContextReport context, Screen screen)
    {
        if (context.Lines.Count == 0)
            return;
        screen.Write();
        screen.Wrapped($"Lines to add at the end of {context.IgnoredBy ?? ".dockerignore"}, and what each saves", 2, Tone.Bold);
        foreach (var line in context.Lines)
        {
            // Never cut: it is there to be copied.
            var shown = new Line().Right(Bytes.Show(line.Bytes), 12).Add("  ").Add(line.Line, line.Reason == IgnoreReason.Secret ? Tone.Bad : Tone.Accent);
            screen.Write(shown.Add("  ").Add(screen.Middle(Why(line.Reason), Math.Max(0, screen.Width - shown.Cells)), Tone.Dim));
        }
    }

    static Line Start(long bytes, long whole, Screen screen) =>
        new Line().Right(Bytes.Show(bytes), 12).Add(" ").Add(Bar.Of(screen, 0, whole == 0 ? 0 : bytes, whole, BarCells)).To(Indent);

    static Line Summary(ContextReport context, Screen screen)
    {
        var line = new Line().Add($"{Bytes.Show(context.Sent.Bytes)} in {Number(context.Sent.Files)} {(context.Sent.Files == 1 ? "file" : "files")}", context.Lines.Count > 0 ? Tone.Warn : Tone.Plain)
            .Add($" {screen.Glyphs.Dot} {Bytes.Show(context.Read.Bytes)} read", Tone.Dim);
        // A narrow screen has no room for more.
        return screen.Width < 80 ? line : line.Add($" {screen.Glyphs.Dot} {(context.IgnoredIsLeast ? "at least " : "")}{Bytes.Show(context.Ignored.Bytes)} ignored", Tone.Dim);
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Why(IgnoreReason reason) => reason switch
    {
        IgnoreReason.Secret => "may be secret",
        IgnoreReason.History => "the history of the sources",
        IgnoreReason.Dependencies => "installed for this machine, and not for the image",
        IgnoreReason.Output => "what tools made",
        IgnoreReason.Tests => "results of tests",
        IgnoreReason.Editor => "of an editor or desktop",
        IgnoreReason.Logs => "logs",
        _ => "read by no step",
    };
}
