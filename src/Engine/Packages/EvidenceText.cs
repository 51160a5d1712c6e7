using System.Text;

namespace Plimsoll.Engine.Packages;

/// <summary>Names, versions and licences as evidence writes them: one line, in UTF-8. What is longer, or has control characters, is none.</summary>
internal static class EvidenceText
{
    /// <summary>Characters. The longest that a registry admits are npm's names, of 214.</summary>
    const int MostCharacters = 512;

    /// <summary>Null where the bytes are no such text.</summary>
    public static string? Of(ReadOnlySpan<byte> utf8) => utf8.Length > MostCharacters * 4 ? null : Of(Encoding.UTF8.GetString(utf8));

    /// <summary>Null where the text is no such text.</summary>
    public static string? Of(string text)
    {
        text = text.Trim();
        return text.Length is > 0 and <= MostCharacters && !text.Any(char.IsControl) ? text : null;
    }
}
