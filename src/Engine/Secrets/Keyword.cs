using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets;

/// <summary>A keyword of a rule, and the four bytes of it that are looked for first.</summary>
internal sealed class Keyword(SecretRule rule, string text)
{
    readonly byte[] _bytes = Encoding.ASCII.GetBytes(text);

    public SecretRule Rule => rule;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public bool IgnoresCase { get; } = rule.Expression!.Options.HasFlag(RegexOptions.IgnoreCase);

    /// <summary>Where its window begins.</summary>
    public int Offset { get; set; }

    /// <summary>Whether its window has but three bytes, as the keyword itself.</summary>
    public bool IsShort => _bytes.Length < KeywordFilter.WindowBytes;

    /// <summary>The bytes of the window, the first one lowest.</summary>
    public uint Window => IsShort ? BinaryPrimitives.ReadUInt32LittleEndian([.. _bytes, 0]) : BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(Offset));

    /// <summary>Whether it stands in <paramref name="text"/> with its window at <paramref name="at"/>.</summary>
    public bool Stands(ReadOnlySpan<byte> text, int at)
    {
        var start = at - Offset;
        if (start < 0 || start + _bytes.Length > text.Length)
            return false;
        var there = text.Slice(start, _bytes.Length);
        return IgnoresCase ? Ascii.EqualsIgnoreCase(there, _bytes) : there.SequenceEqual(_bytes);
    }
}
