using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Cli.Terminal;

/// <summary>A page of documentation in Markdown, as far as our own pages use it: headings, paragraphs, lists, code.</summary>
internal static partial class Page
{
    const int MostCells = 100;

    public static void Write(string markdown, Screen screen)
    {
        var width = Math.Min(screen.Width, MostCells);
        var paragraph = new StringBuilder();
        var code = false;
        foreach (var line in markdown.TrimEnd().Split('\n'))
        {
            var fence = line.StartsWith("```", StringComparison.Ordinal);
            if (code && !fence)
                screen.Write($"    {line}", Tone.Accent);
            else if (fence || line.Length == 0 || line[0] is '#' || line.StartsWith("- ", StringComparison.Ordinal))
                Flush(paragraph, screen, width);
            code ^= fence;
            if (code || fence)
                continue;
            if (line.StartsWith('#'))
                screen.Write(line.TrimStart('#', ' '), Tone.Bold);
            else if (line.Length == 0)
                screen.Write();
            else
                paragraph.Append(line).Append(' ');
        }
        Flush(paragraph, screen, width);
    }

    static void Flush(StringBuilder paragraph, Screen screen, int width)
    {
        var text = paragraph.ToString();
        paragraph.Clear();
        var item = text.StartsWith("- ", StringComparison.Ordinal);
        var start = item ? $"  {screen.Glyphs.Bullet} " : "  ";
        foreach (var words in Fit.Words(Marks().Replace(item ? text[2..] : text, "$1$2$3"), width - start.Length))
        {
            screen.Write(new Line().Add(start).Add(words));
            start = new string(' ', start.Length);
        }
    }

    // `code`, **bold** and [link](target).
    [GeneratedRegex(@"`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)")]
    private static partial Regex Marks();
}
