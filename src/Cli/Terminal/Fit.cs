using System.Globalization;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>Makes texts fit into a number of cells.</summary>
internal static class Fit
{
    /// <summary>Cuts the end off.</summary>
    public static string End(string text, int cells, string ellipsis) => Middle(text, cells, ellipsis, tail: 0);

    /// <summary>Cuts the middle out: a command's first words and its last tell the most.</summary>
    public static string Middle(string text, int cells, string ellipsis) => Middle(text, cells, ellipsis, tail: (cells - ellipsis.Length) / 3);

    /// <summary>Cuts directories out of the middle of a path; the file's name stays whole as long as it can.</summary>
    public static string Path(string path, int cells, string ellipsis)
    {
        var safe = Printable.Of(path);
        if (safe.GetCellWidth() <= cells)
            return safe;
        var first = safe.IndexOf('/', StringComparison.Ordinal) + 1;
        for (var slash = first; slash > 0 && slash < safe.Length; slash = safe.IndexOf('/', slash + 1))
            if (slash > first && $"{safe[..first]}{ellipsis}{safe[slash..]}" is var shorter && shorter.GetCellWidth() <= cells)
                return shorter;
        return Middle(safe, cells, ellipsis, tail: (cells - ellipsis.Length) * 2 / 3);
    }

    /// <summary>Breaks a text between words into lines of at most so many cells.</summary>
    public static IEnumerable<string> Words(string text, int cells) =>
        Items(Printable.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries), " ", cells);

    /// <summary>Puts items side by side on lines of at most so many cells; a line that goes on ends without the separator.</summary>
    public static IEnumerable<string> Items(IEnumerable<string> items, string separator, int cells)
    {
        var line = "";
        foreach (var item in items.Select(Printable.Of))
        {
            if (line.Length > 0 && line.GetCellWidth() + separator.Length + item.GetCellWidth() > cells)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? item : line + separator + item;
        }
        if (line.Length > 0)
            yield return line;
    }

    static string Middle(string text, int cells, string ellipsis, int tail)
    {
        var safe = Printable.Of(text);
        if (safe.GetCellWidth() <= cells)
            return safe;
        if (cells <= ellipsis.Length)
            return ellipsis[..Math.Max(0, cells)];
        // Whole characters, not code units: a cut must not halve one.
        var parts = StringInfo.ParseCombiningCharacters(safe);
        var (start, end) = (0, parts.Length);
        var (head, back) = (cells - ellipsis.Length - tail, tail);
        while (start < parts.Length && Width(start) <= head)
            head -= Width(start++);
        while (end > start && Width(end - 1) <= back)
            back -= Width(--end);
        return $"{safe[..At(start)].TrimEnd()}{ellipsis}{safe[At(end)..].TrimStart()}";

        int At(int part) => part < parts.Length ? parts[part] : safe.Length;
        int Width(int part) => safe[At(part)..At(part + 1)].GetCellWidth();
    }
}
