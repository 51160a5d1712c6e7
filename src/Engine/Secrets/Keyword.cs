using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets;

/// <summary>A keyword of a rule, and the four bytes of it that are looked for first: those that are rarest in text.</summary>
internal sealed class Keyword
{
    // Letters by their frequency in English text and code, the most frequent first.
    const string Letters = "etaoinsrlcdpumhgfbywvkxjzq";

    readonly byte[] _bytes;

    public Keyword(SecretRule rule, string text)
    {
        (Rule, _bytes) = (rule, Encoding.ASCII.GetBytes(text));
        IgnoresCase = rule.Expression!.Options.HasFlag(RegexOptions.IgnoreCase);
        Offset = Enumerable.Range(0, Math.Max(1, _bytes.Length - KeywordFilter.WindowBytes + 1)).MinBy(Commonness);
    }

    public SecretRule Rule { get; }

    public bool IgnoresCase { get; }

    public int Length => _bytes.Length;

    /// <summary>Where its window begins.</summary>
    public int Offset { get; }

    /// <summary>Four bytes, or three where the keyword has no more.</summary>
    public ReadOnlySpan<byte> Window => _bytes.AsSpan(Offset, Math.Min(KeywordFilter.WindowBytes, _bytes.Length));

    /// <summary>The first three bytes of the window.</summary>
    public uint Anchor => BinaryPrimitives.ReadUInt32LittleEndian([.. Window[..3], 0]);

    /// <summary>Whether it stands in <paramref name="text"/> with its window at <paramref name="at"/>.</summary>
    public bool Stands(ReadOnlySpan<byte> text, int at)
    {
        var start = at - Offset;
        if (start < 0 || start + _bytes.Length > text.Length)
            return false;
        var there = text.Slice(start, _bytes.Length);
        return IgnoresCase ? Ascii.EqualsIgnoreCase(there, _bytes) : there.SequenceEqual(_bytes);
    }

    /// <summary>How often a byte is met in text and code, in arbitrary units.</summary>
    public static int Weight(byte character) => (char)character switch
    {
        ' ' => 80,
        >= 'a' and <= 'z' and var letter => 60 - 2 * Letters.IndexOf(letter, StringComparison.Ordinal),
        >= 'A' and <= 'Z' => 7,
        >= '0' and <= '9' => 10,
        '_' or '-' or '.' or ',' or '"' or '/' or '(' or ')' or '=' or ':' or ';' => 8,
        > ' ' and < (char)127 => 3,
        _ => 1,
    };

    double Commonness(int offset)
    {
        var product = 1.0;
        foreach (var character in _bytes.AsSpan(offset, Math.Min(KeywordFilter.WindowBytes, _bytes.Length)))
            product *= Weight(character);
        return product;
    }
}
