using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Packages;

/// <summary>
/// The content of one file that a package reader asked for: in memory, or, for a large one, in a temporary file without a name. It is valid
/// only while the reader runs.
/// </summary>
internal sealed class EvidenceFile
{
    readonly ReadOnlyMemory<byte> _memory;
    readonly SafeFileHandle? _spool;

    public EvidenceFile(string path, ReadOnlyMemory<byte> content) => (Path, Length, _memory) = (path, content.Length, content);

    public EvidenceFile(string path, SafeFileHandle spool, long length) => (Path, Length, _spool) = (path, length, spool);

    /// <summary>In normal form.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Fills as much of <paramref name="buffer"/> as the file has from <paramref name="offset"/> on; returns how many bytes that is.</summary>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= Length)
            return 0;
        var wanted = buffer[..(int)Math.Min(buffer.Length, Length - offset)];
        if (_spool is null)
        {
            _memory.Span.Slice((int)offset, wanted.Length).CopyTo(wanted);
            return wanted.Length;
        }
        for (var filled = 0; filled < wanted.Length;)
            filled += RandomAccess.Read(_spool, wanted[filled..], offset + filled) is var read and > 0 ? read
                : throw new EndOfStreamException("a temporary file is shorter than what was written to it");
        return wanted.Length;
    }

    /// <summary>Exactly <paramref name="length"/> bytes from <paramref name="offset"/> on. A file that lies about its own parts is malformed.</summary>
    public ReadOnlyMemory<byte> Slice(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new MalformedFileException("it is cut short, or refers to something past its end");
        if (_spool is null)
            return _memory.Slice((int)offset, (int)length);
        if (length > Archives.Limits.EvidenceMemoryBytes)
            throw new MalformedFileException("one part of it is too large to be read");
        var part = new byte[length];
        ReadAt(offset, part);
        return part;
    }

    /// <summary>All of it; a file of more than <paramref name="limit"/> bytes is malformed, since no real one of its kind is that large.</summary>
    public ReadOnlySpan<byte> All(int limit = Archives.Limits.EvidenceMemoryBytes)
    {
        if (Length > limit)
            throw new MalformedFileException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it has {Length:N0} bytes, too many for a file of its kind"));
        return Slice(0, Length).Span;
    }
}
