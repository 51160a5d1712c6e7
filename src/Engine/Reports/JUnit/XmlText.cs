using System.Text;

namespace Plimsoll.Engine.Reports.JUnit;

/// <summary>Any text as text that XML 1.0 can hold (section 2.2, production Char) and that shows what it is.</summary>
internal static class XmlText
{
    /// <summary>Characters that XML forbids, and those that hide or reorder others, as their code: <c>\u{1b}</c>. Line breaks and tabs stay.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        // Half of a surrogate pair comes out as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\n' or '\t' || !Invisible.Is(rune))
                clean.Append(rune.ToString());
            else
                clean.Append(Invisible.Code(rune));
        return clean.ToString();
    }

    /// <summary>The text on one line, without spaces around it or two in a row: <c>xs:token</c>.</summary>
    public static string Token(string text) =>
        string.Join(' ', Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(word => word.Split(['\n', '\t'], StringSplitOptions.RemoveEmptyEntries)));
}
