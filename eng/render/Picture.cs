using System.Globalization;
using System.Security;
using System.Text;

namespace Render;

/// <summary>A dark window with a title bar. Each run of text is placed and stretched to its cells, so that columns hold in any font.</summary>
internal static class Picture
{
    const double Cell = 8.4, Line = 19, Margin = 22, Bar = 40, FontSize = 14;
    const string Paper = "#0f1520", Ink = "#d5dce8", Pale = "#74809a";

    static readonly Dictionary<int, string> Colours = new()
    {
        [30] = "#0f1520", [31] = "#ff6b74", [32] = "#5fd38d", [33] = "#f2c55c", [34] = "#6cb2ff", [35] = "#cf9bff", [36] = "#5ccfe0", [37] = "#d5dce8",
        [90] = "#74809a", [91] = "#ff8f96", [92] = "#86e5ab", [93] = "#ffdb85", [94] = "#94c8ff", [95] = "#e0bcff", [96] = "#8ae3ef", [97] = "#ffffff",
    };

    static readonly Dictionary<int, string> Backgrounds = new() { [41] = "#d63a46", [42] = "#5fd38d", [43] = "#f2c55c" };

    public static string Of(string command, IReadOnlyList<IReadOnlyList<Run>> lines)
    {
        IReadOnlyList<Run> prompt = [new(0, "$", new Style(true, false, 32, 0)), new(2, command, new Style(true, false, 97, 0))];
        List<IReadOnlyList<Run>> all = [prompt, [], .. lines];
        var columns = all.SelectMany(line => line).Max(run => run.Column + run.Text.Length);
        var width = 2 * Margin + columns * Cell;
        var height = Bar + all.Count * Line + Margin;

        var svg = new StringBuilder();
        svg.Append(Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0.##} {height:0.##}" width="{width:0.##}" height="{height:0.##}" role="img">
            <title>{SecurityElement.Escape(command)}</title>
            <style>text {"{"} white-space: pre; font: {FontSize}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: {Ink} {"}"} .b {"{"} font-weight: 700 {"}"}</style>
            <rect x="0.5" y="0.5" width="{width - 1:0.##}" height="{height - 1:0.##}" rx="10" fill="{Paper}" stroke="#2a3447"/>
            <path d="M1 30 V10.5 A9.5 9.5 0 0 1 10.5 1 H{width - 10.5:0.##} A9.5 9.5 0 0 1 {width - 1:0.##} 10.5 V30 Z" fill="#1a2232"/>
            <circle cx="20" cy="15.5" r="5.5" fill="#ff5f57"/><circle cx="39" cy="15.5" r="5.5" fill="#febc2e"/><circle cx="58" cy="15.5" r="5.5" fill="#28c840"/>

            """));
        for (var i = 0; i < all.Count; i++)
            foreach (var run in all[i])
                Draw(svg, run, Bar + i * Line);
        return svg.Append("</svg>\n").ToString();
    }

    static void Draw(StringBuilder svg, Run run, double top)
    {
        if (Backgrounds.TryGetValue(run.Style.Background, out var background))
            svg.Append(Invariant($"""<rect x="{X(run.Column)}" y="{top + 1:0.##}" width="{run.Text.Length * Cell:0.##}" height="{Line - 2:0.##}" rx="3" fill="{background}"/>""")).Append('\n');
        var text = run.Text.TrimEnd();
        var blank = text.Length - text.TrimStart().Length;
        var cells = text.Length - blank;
        if (cells == 0)
            return;
        var colour = Colours.GetValueOrDefault(run.Style.Colour, run.Style.Dim ? Pale : "");
        var isBar = text.All(letter => letter is '█');
        if (isBar)   // Drawn as one shape: the glyph differs from font to font, and leaves gaps.
            svg.Append(Invariant($"""<rect x="{X(run.Column)}" y="{top + 3.5:0.##}" width="{cells * Cell:0.##}" height="{Line - 7:0.##}" rx="1.5" fill="{colour}"/>""")).Append('\n');
        svg.Append(Invariant($"""<text x="{X(run.Column + blank)}" y="{top + 14:0.##}" textLength="{cells * Cell:0.##}" lengthAdjust="spacingAndGlyphs" xml:space="preserve" """));
        if (run.Style.Bold)
            svg.Append("class=\"b\" ");
        if (isBar)
            svg.Append("fill-opacity=\"0\" ");
        else if (colour.Length > 0)
            svg.Append(Invariant($"style=\"fill:{colour}\" "));
        svg.Append('>').Append(SecurityElement.Escape(text[blank..])).Append("</text>\n");
    }

    static string X(int column) => (Margin + column * Cell).ToString("0.##", CultureInfo.InvariantCulture);

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
