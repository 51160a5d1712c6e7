using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>The few styles of the product. Only the sixteen colours that a terminal's theme defines: they are legible on dark and on light.</summary>
internal static class Tone
{
    public static readonly Style Plain = Style.Plain;
    public static readonly Style Bold = new(null, null, Decoration.Bold);
    public static readonly Style Dim = new(Color.Grey);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Bad = new(Color.Red, null, Decoration.Bold);
    public static readonly Style Warn = new(Color.Olive);
    public static readonly Style Accent = new(Color.Teal);
    public static readonly Style Kept = new(Color.Navy);
    public static readonly Style Wasted = new(Color.Maroon);

    public static Style Of(Severity severity) => severity switch
    {
        Severity.Critical => new Style(Color.White, Color.Maroon, Decoration.Bold),
        Severity.High => new Style(Color.Red, null, Decoration.Bold),
        Severity.Medium => new Style(Color.Yellow, null, Decoration.Bold),
        Severity.Low => Accent,
        _ => Dim,
    };

    public static Style Badge(Outcome outcome) => outcome switch
    {
        Outcome.Fail => new Style(Color.White, Color.Maroon, Decoration.Bold),
        Outcome.Undecided => new Style(Color.Black, Color.Olive, Decoration.Bold),
        _ => new Style(Color.Black, Color.Green, Decoration.Bold),
    };

    /// <summary>Of a verdict as a cluster has it, which may be another word.</summary>
    public static Style OfVerdict(string? verdict) => Enum.TryParse<Outcome>(verdict, out var outcome) ? Of(outcome) : Dim;

    public static Style Of(Outcome outcome) => outcome switch { Outcome.Fail => Bad, Outcome.Undecided => Warn, _ => Good };
}
