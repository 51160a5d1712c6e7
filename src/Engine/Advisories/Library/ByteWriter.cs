using System.Buffers;
using System.Text;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Numbers and texts as few bytes: numbers of seven bits a byte, the least significant first, and texts in UTF-8 behind their length.</summary>
internal sealed class ByteWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new(1 << 12);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public int Length => _bytes.WrittenCount;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Number(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var count = 0;
        for (; value > 0x7f; value >>= 7)
            span[count++] = (byte)(value | 0x80);
        span[count++] = (byte)value;
        _bytes.Advance(count);
    }

    public void Number(int value) => Number((ulong)value);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        _bytes.Write(value);
    }

    /// <summary>As they are, without their length.</summary>
    public void Raw(ReadOnlySpan<byte> value) => _bytes.Write(value);

    public void Text(string value)
    {
        Number(Encoding.UTF8.GetByteCount(value));
        _bytes.Advance(Encoding.UTF8.GetBytes(value, _bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
    }

    /// <summary>Nothing is told from an empty text.</summary>
    public void TextOrNull(string? value)
    {
        Number(value is null ? 0 : 1);
        if (value is not null)
            Text(value);
    }

    public void Texts(IReadOnlyCollection<string> values)
    {
        Number(values.Count);
        foreach (var value in values)
            Text(value);
    }

    /// <summary>In UTC. Most times are whole seconds, which take half of the bytes. Databases do write the first second of the year 1: it is not null.</summary>
    public void Moment(DateTimeOffset? value) => Number(
        value is not { UtcTicks: var ticks } ? 0 : 1 + (ticks % TimeSpan.TicksPerSecond == 0 ? (ulong)(ticks / TimeSpan.TicksPerSecond) << 1 : (ulong)ticks << 1 | 1));

    public void Address(BlockAddress value)
    {
        Number((ulong)value.Offset);
        Number(value.Packed);
        Number(value.Length);
        Number(value.Checksum);
    }
}
