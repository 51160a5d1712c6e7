using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Cli.Terminal;

/// <summary>Text from an image, made fit for a terminal: no character moves the cursor, hides or turns the text round, or breaks the line.</summary>
internal static partial class Plain
{
    public static string Text(string text) => text.All(IsShown) ? text : string.Concat(text.Select(c => IsShown(c) ? c : c is '\t' or '\n' or '\r' ? ' ' : '\ufffd'));

    /// <summary>Text of at most <paramref name="width"/> characters: what is too long loses its middle.</summary>
    public static string Middle(string text, int width)
    {
        text = Text(text);
        width = Math.Max(8, width);
        if (text.Length <= width)
            return text;
        var front = (width - 1) * 2 / 3;
        return $"{text[..front]}…{text[^(width - 1 - front)..]}";
    }

    /// <summary>An instruction without the shell and the marks that builders put around it.</summary>
    public static string Command(string? command) => command is null ? "" : Builder().Replace(Spaces().Replace(command, " "), "").Trim() switch
    {
        var text when command.Contains("#(nop)", StringComparison.Ordinal) => text,
        var text when text.StartsWith("/bin/sh -c ", StringComparison.Ordinal) => "RUN " + text["/bin/sh -c ".Length..],
        var text => text.Replace("RUN /bin/sh -c ", "RUN ", StringComparison.Ordinal),
    };

    static bool IsShown(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    [GeneratedRegex(@"/bin/sh -c #\(nop\)\s*| # buildkit$")]
    private static partial Regex Builder();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
