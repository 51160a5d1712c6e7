using System.Globalization;
using System.Text;

namespace Plimsoll.Cli.Terminal;

/// <summary>
/// Text of an image made safe for a terminal: whatever would move the cursor, change colours or turn the direction of writing is shown
/// as its code instead, so that a file cannot pass itself off as another or rewrite the report.
/// </summary>
internal static class Printable
{
    public static string Of(string text)
    {
        var at = FirstUnsafe(text);
        if (at < 0)
            return text;
        var safe = new StringBuilder(text, 0, at, text.Length + 16);
        foreach (var rune in text.AsSpan(at).EnumerateRunes())
            if (rune.Value is '\n' or '\r' or '\t')
                safe.Append(' ');
            else if (IsSafe(rune))
                safe.Append(rune.ToString());
            else
                safe.Append(rune.Value < 0x100 ? $"\\x{rune.Value:x2}" : $"\\u{{{rune.Value:x}}}");
        return safe.ToString();
    }

    static int FirstUnsafe(string text)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsSafe(rune))
                return at;
            at += rune.Utf16SequenceLength;
        }
        return -1;
    }

    // A lone surrogate comes out of EnumerateRunes as U+FFFD, which is safe.
    static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
