using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Writes a file from some place of it on. Small pieces are gathered.</summary>
internal sealed class FileSink(SafeFileHandle file, long at) : IDisposable
{
    const int BufferBytes = 1 << 17;

    readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    int _gathered;

    /// <summary>Where the next byte goes.</summary>
    public long Position => at + _gathered;

    // Handing a copy into the page cache to another thread costs more than the copy.
    public ValueTask Take(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Write(bytes);
        return default;
    }

    public void Write(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > BufferBytes - _gathered)
            Flush();
        if (bytes.Length > BufferBytes)
        {
            Out(bytes);
            return;
        }
        bytes.CopyTo(_buffer.AsMemory(_gathered));
        _gathered += bytes.Length;
    }

    public void Flush()
    {
        Out(_buffer.AsMemory(0, _gathered));
        _gathered = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    void Out(ReadOnlyMemory<byte> bytes) => at = UnwritableImageException.OnDisk(() =>
    {
        RandomAccess.Write(file, bytes.Span, at);
        return at + bytes.Length;
    });
}
