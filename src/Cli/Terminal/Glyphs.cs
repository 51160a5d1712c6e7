namespace Plimsoll.Cli.Terminal;

/// <summary>The signs of a report: for a terminal, and in ASCII for logs, pipes and terminals that know no more.</summary>
internal sealed record Glyphs(
    string Ellipsis, string Pass, string Fail, string Unknown, string Arrow, string Dot, string Bullet, string Minus, string Times, string Rule,
    string Full, string Wasted, string Track)
{
    public static Glyphs Rich { get; } = new("…", "✓", "✗", "?", "→", "·", "•", "−", "×", "─", "█", "█", "░");

    public static Glyphs Ascii { get; } = new("...", "ok", "x ", "? ", "->", "|", "*", "-", "x", "-", "#", "x", ".");
}
