namespace Plimsoll.Engine.Packages.Java;

/// <summary>An area from its start to its end, for an inflater to read.</summary>
internal sealed class ZipAreaStream(ZipArea area) : Stream
{
    long _position;

    public override int Read(Span<byte> buffer)
    {
        var count = area.ReadAt(_position, buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => area.Length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
