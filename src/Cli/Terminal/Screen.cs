using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>Where lines for people go: knows its width, and whether colours and signs beyond ASCII are wanted.</summary>
internal sealed class Screen(TextWriter output, int width, bool coloured) : IDisposable
{
    /// <summary>For files, logs and pipes, which have no width.</summary>
    const int UnknownWidth = 100;

    readonly AnsiWriter? _ansi = coloured ? new AnsiWriter(output, new AnsiCapabilities { Ansi = true, ColorSystem = ColorSystem.Standard }) : null;

    public int Width => width;

    public Glyphs Glyphs { get; } = coloured ? Glyphs.Rich : Glyphs.Ascii;

    public static Screen OnStandardOutput() => On(Console.OpenStandardOutput(), Console.IsOutputRedirected);

    public static Screen OnStandardError() => On(Console.OpenStandardError(), Console.IsErrorRedirected);

    /// <summary>A file: plain whatever the environment asks for.</summary>
    public static Screen On(Stream file) => new(Buffered(file), UnknownWidth, coloured: false);

    public void Write(Line line)
    {
        var runs = line.Runs;
        for (var i = 0; i < runs.Count; i++)
        {
            var text = i == runs.Count - 1 ? runs[i].Text.TrimEnd() : runs[i].Text;
            if (_ansi is null || runs[i].Style == Tone.Plain)
                output.Write(text);
            else
                _ansi.Write(text, runs[i].Style);
        }
        output.Write('\n');
    }

    public void Write(string text = "", Style? style = null) => Write(new Line().Add(text, style));

    /// <summary>A heading over a section, with what matters most of it at the right.</summary>
    public void Heading(string title, Line summary)
    {
        Write();
        var line = new Line().Add(title, Tone.Bold).Add(" ");
        var rule = Math.Max(2, Width - line.Cells - summary.Cells - 1);
        Write(line.Add(string.Concat(Enumerable.Repeat(Glyphs.Rule, rule)), Tone.Dim).Add(" ").Add(summary));
    }

    /// <summary>A text over as many lines as it takes, each indented.</summary>
    public void Wrapped(string text, int indent, Style? style = null)
    {
        foreach (var line in Fit.Words(Signs(text), Width - indent))
            Write(new Line().To(indent).Add(line, style));
    }

    /// <summary>What to do, behind an arrow.</summary>
    public void Advice(string text, int indent)
    {
        var start = new Line().To(indent).Add(Glyphs.Arrow, Tone.Accent);
        foreach (var line in Fit.Words(Signs(text), Width - indent - Glyphs.Arrow.Length - 1))
        {
            Write(start.To(indent + Glyphs.Arrow.Length + 1).Add(line, Tone.Accent));
            start = new Line();
        }
    }

    public string Middle(string text, int cells) => Fit.Middle(text, cells, Glyphs.Ellipsis);

    public string Path(string path, int cells) => Fit.Path(path, cells, Glyphs.Ellipsis);

    public void Flush() => output.Flush();

    public void Dispose() => output.Dispose();

    // Remedies show where something is to be filled in.
    string Signs(string text) => text.Replace(Glyphs.Rich.Ellipsis, Glyphs.Ellipsis, StringComparison.Ordinal);

    static Screen On(Stream stream, bool redirected) => new(Buffered(stream), WidthOf(redirected), WantsColour(redirected));

    // https://no-color.org and https://force-color.org.
    static bool WantsColour(bool redirected) => !IsSet("NO_COLOR") && (IsSet("FORCE_COLOR") || (!redirected && IsAble));

    // Windows has no TERM.
    static bool IsAble => Environment.GetEnvironmentVariable("TERM") is var term && (term is null ? OperatingSystem.IsWindows() : term != "dumb");

    static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    static int WidthOf(bool redirected)
    {
        var wanted = Environment.GetEnvironmentVariable("COLUMNS");
        if (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) || columns == 0)
            columns = redirected ? UnknownWidth : Console.WindowWidth;
        return Math.Clamp(columns, 60, 160);
    }

    static StreamWriter Buffered(Stream stream) => new(stream, new UTF8Encoding(false), 1 << 14);
}
