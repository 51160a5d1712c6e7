using System.Globalization;
using System.Text;

namespace Plimsoll.Engine.Reports;

/// <summary>Characters of an image's text that nobody sees or that change what stands around them: controls, marks of direction, tags.</summary>
internal static class Invisible
{
    public static bool Is(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>What is shown in its place, such as <c>\u{202e}</c>.</summary>
    public static string Code(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
}
