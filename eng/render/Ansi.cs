using System.Globalization;

namespace Render;

/// <summary>How cells look. Colours are SGR numbers (30 to 37, 90 to 97; backgrounds 40 to 47), 0 for the terminal's own.</summary>
internal readonly record struct Style(bool Bold, bool Dim, int Colour, int Background);

/// <summary>Neighbouring cells of one look.</summary>
internal sealed record Run(int Column, string Text, Style Style);

/// <summary>Reads SGR sequences (ECMA-48, 8.3.117). Every character is one cell wide.</summary>
internal static class Ansi
{
    const char Escape = '\e';

    public static IReadOnlyList<Run> Runs(string line)
    {
        var runs = new List<Run>();
        var style = default(Style);
        for (int at = 0, column = 0; at < line.Length;)
        {
            if (line[at] is Escape)
            {
                var end = line.IndexOf('m', at);
                style = line[(at + 2)..end].Split(';').Aggregate(style, Changed);
                at = end + 1;
                continue;
            }
            var next = line.IndexOf(Escape, at);
            var text = line[at..(next < 0 ? line.Length : next)];
            runs.Add(new Run(column, text, style));
            column += text.Length;
            at += text.Length;
        }
        return runs;
    }

    static Style Changed(Style style, string code) => int.Parse("0" + code, CultureInfo.InvariantCulture) switch
    {
        0 => default,
        1 => style with { Bold = true },
        2 => style with { Dim = true },
        var colour and (>= 30 and <= 37 or >= 90 and <= 97) => style with { Colour = colour },
        var colour and >= 40 and <= 47 => style with { Background = colour },
        var other => throw new FormatException($"there is no rule for the SGR code {other}"),
    };
}
