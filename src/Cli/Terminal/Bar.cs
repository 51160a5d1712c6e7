namespace Plimsoll.Cli.Terminal;

/// <summary>A bar drawn to scale: the part that is kept, then the part that is wasted.</summary>
internal static class Bar
{
    public static Line Of(Screen screen, long kept, long wasted, long whole, int cells, bool track = false)
    {
        var full = Cells(kept + wasted, whole, cells);
        var bad = kept + wasted == 0 ? 0 : Cells(wasted, kept + wasted, full);
        var line = new Line().Add(Repeat(screen.Glyphs.Full, full - bad), Tone.Kept).Add(Repeat(screen.Glyphs.Wasted, bad), Tone.Wasted);
        return line.Add(Repeat(track ? screen.Glyphs.Track : " ", cells - full), Tone.Dim);
    }

    // What there is shows, however little.
    static int Cells(long part, long whole, int cells) =>
        part <= 0 || whole <= 0 ? 0 : Math.Clamp((int)Math.Round((double)part / whole * cells), 1, cells);

    static string Repeat(string sign, int count) => string.Concat(Enumerable.Repeat(sign, Math.Max(0, count)));
}
