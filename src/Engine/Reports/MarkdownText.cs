using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Reports;

/// <summary>Text from an image, made harmless inside Markdown: it starts no markup, no table cell and no line of its own.</summary>
internal static partial class MarkdownText
{
    const string Special = @"\`*_{}[]()<>#+-!|~&@$:";

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in Plain(text))
            if (Special.Contains(c, StringComparison.Ordinal) && c is not ('-' or '(' or ')' or ':' or '+' or '.'))
                escaped.Append(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '|' => "&#124;", '@' => "&#64;", _ => $@"\{c}" });
            else
                escaped.Append(c);
        // GitHub makes a link of a bare address (GFM 6.9).
        return BareAddress().Replace(escaped.ToString(), mark => mark.Value == ":" ? "&#58;" : "&#46;");
    }

    /// <summary>Text as code. A backtick or a bar would end it, so it is written as its entity inside a code element.</summary>
    public static string Code(string text) => $"<code>{Escape(text)}</code>";

    /// <summary>Text without control, format and line-breaking characters.</summary>
    public static string Plain(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Visible(rune) ? rune.ToString() : rune.Value is '\n' or '\r' or '\t' ? " " : "\ufffd"));

    // By code point: the invisible tag characters stand above U+FFFF.
    static bool Visible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);

    [GeneratedRegex(@":(?=//)|(?<=www)\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BareAddress();
}
