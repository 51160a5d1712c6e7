using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>Lines of a known width, with colour where there is someone to see it.</summary>
internal sealed class Screen(TextWriter output, int width, bool colour)
{
    const int PlainWidth = 100;

    public int Width => width;

    /// <summary>Colour only on a terminal that has not been asked to do without (no-color.org).</summary>
    public static Screen Of(TextWriter output, bool toTerminal)
    {
        var terminal = toTerminal && !Console.IsOutputRedirected;
        var colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null)
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CLICOLOR_FORCE"));
        var columns = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var set) && set > 0 ? set : terminal ? Console.WindowWidth : PlainWidth;
        return new Screen(output, Math.Clamp(columns, 60, 160), colour);
    }

    public void Line(string text = "") => output.WriteLine(text.TrimEnd());

    public string Bold(string text) => Styled(text, "1");

    public string Dim(string text) => Styled(text, "2");

    public string Good(string text) => Styled(text, "32");

    public string Bad(string text) => Styled(text, "31");

    public string Link(string text) => Styled(text, "36");

    public string Severity(Severity severity) => Styled(severity.ToString().ToLowerInvariant().PadRight(8), severity switch
    {
        Engine.Reports.Severity.Critical => "1;31",
        Engine.Reports.Severity.High => "31",
        Engine.Reports.Severity.Medium => "33",
        Engine.Reports.Severity.Low => "36",
        _ => "2",
    });

    public string Outcome(Outcome outcome) => Styled($" {outcome.ToString().ToUpperInvariant()} ", outcome switch
    {
        Engine.Gates.Outcome.Pass => "1;30;42",
        Engine.Gates.Outcome.Fail => "1;97;41",
        _ => "1;30;43",
    });

    public string Mark(Outcome outcome) => outcome switch
    {
        Engine.Gates.Outcome.Pass => Good("✓"),
        Engine.Gates.Outcome.Fail => Bad("✗"),
        _ => Styled("?", "33"),
    };

    /// <summary>A bar of <paramref name="cells"/> characters: the part in full colour, the rest of the whole pale.</summary>
    public string Bar(long part, long whole, long most, int cells)
    {
        var length = most == 0 ? 0 : (int)Math.Ceiling((double)whole / most * cells);
        var filled = whole == 0 ? 0 : Math.Min(length, (int)Math.Ceiling((double)part / whole * length));
        return Bad(new string('█', filled)) + Good(new string('█', length - filled)) + Dim(new string('·', cells - length));
    }

    string Styled(string text, string style) => colour && text.Length > 0 ? $"\e[{style}m{text}\e[0m" : text;
}
