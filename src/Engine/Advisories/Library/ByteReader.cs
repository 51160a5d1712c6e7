using System.Text;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Reads what a <see cref="ByteWriter"/> wrote; what cannot be that is an <see cref="InvalidDataException"/>. Nothing is made room for before it is there.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Bytes.</summary>
    public readonly int Left => _rest.Length;

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty)
                throw new InvalidDataException("a number is cut short");
            var part = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
        throw new InvalidDataException("a number has too many digits");
    }

    public int Count() => Number() is var count and <= int.MaxValue ? (int)count : throw new InvalidDataException("a count is too large");

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Count();
        if (length > _rest.Length)
            throw new InvalidDataException("a text is cut short");
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    public string Text() => Text(Bytes());

    /// <summary>What the bytes of a text say.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("a text is not UTF-8", e);
        }
    }

    public string? TextOrNull() => Number() == 0 ? null : Text();

    public IReadOnlyList<string> Texts()
    {
        var left = Count();
        if (left == 0)
            return [];
        var texts = new List<string>();
        for (; left > 0; left--)
            texts.Add(Text());
        return texts;
    }

    /// <summary>Passes over what <see cref="Texts"/> would read.</summary>
    public void SkipTexts()
    {
        for (var left = Count(); left > 0; left--)
            Bytes();
    }

    public DateTimeOffset? Moment()
    {
        var value = Number();
        if (value-- == 0)
            return null;
        var ticks = (value & 1) == 1 ? value >> 1 : Math.Min(value >> 1, ulong.MaxValue / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond;
        return ticks <= (ulong)DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset((long)ticks, TimeSpan.Zero) : throw new InvalidDataException("a time is beyond all times");
    }

    public BlockAddress Address() => new((long)Number(), Count(), Count(), Number());
}
