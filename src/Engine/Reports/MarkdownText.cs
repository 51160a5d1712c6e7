using System.Text;

namespace Plimsoll.Engine.Reports;

/// <summary>Text from an image, made harmless inside Markdown: it starts no markup, no table cell and no line of its own.</summary>
internal static class MarkdownText
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
        return escaped.ToString();
    }

    /// <summary>Text as code. A backtick or a bar would end it, so it is written as its entity inside a code element.</summary>
    public static string Code(string text) => $"<code>{Escape(text)}</code>";

    /// <summary>Text without control, format and line-breaking characters.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => Visible(c) ? c : c is '\n' or '\r' or '\t' ? ' ' : '\ufffd'));

    static bool Visible(char c) => char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
}
