using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>
/// Writes a page. The literal parts of an interpolated string are markup, and whatever stands in a hole is text: there is no way to write
/// text of an image that is not encoded.
/// </summary>
internal sealed class HtmlWriter(TextWriter output)
{
    // Plain ASCII that means nothing to HTML, in an element or in a quoted attribute.
    static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except("&<>\"'"), '\n', '\t']);

    [SuppressMessage("Performance", "CA1822", Justification = "its argument has written to this page")]
    public void Write([InterpolatedStringHandlerArgument("")] Markup _)
    {
    }

    /// <summary>A part of the product itself, such as its style sheet.</summary>
    public void Own(string markup) => output.Write(markup);

    void Text(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyExcept(Plain) is var at and >= 0)
        {
            output.Write(text[..at]);
            // Half of a surrogate pair comes out as U+FFFD.
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            output.Write(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => Invisible.Is(rune) ? Invisible.Code(rune) : rune.ToString(),
            });
            text = text[(at + length)..];
        }
        output.Write(text);
    }

    /// <summary>What the compiler makes of an interpolated string: literal parts are written as they are, holes are encoded.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        readonly HtmlWriter _page;

        public Markup(int literalLength, int formattedCount, HtmlWriter page) => (_, _, _page) = (literalLength, formattedCount, page);

        public void AppendLiteral(string markup) => _page.Own(markup);

        public void AppendFormatted(string? text) => _page.Text(text);

        /// <summary>Thousands are grouped.</summary>
        public void AppendFormatted(long number) => _page.Text(number.ToString("N0", CultureInfo.InvariantCulture));

        public void AppendFormatted(long number, string format) => _page.Text(number.ToString(format, CultureInfo.InvariantCulture));

        /// <summary>A share of a length, as SVG takes it.</summary>
        public void AppendFormatted(double number) => _page.Text(number.ToString("0.###", CultureInfo.InvariantCulture));
    }
}
