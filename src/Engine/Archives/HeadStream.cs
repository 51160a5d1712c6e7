namespace Plimsoll.Engine.Archives;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
/// <param name="inner">What comes behind them. It is disposed with this stream.</param>
/// <param name="head">The bytes that were read from it already.</param>
public sealed class HeadStream(Stream inner, byte[] head) : Stream
{
    int _given;

    /// <summary>Reads up to <paramref name="length"/> bytes ahead; fewer when the stream has no more.</summary>
    public static async Task<(byte[] Head, HeadStream Whole)> Open(Stream stream, int length, CancellationToken ct)
    {
        var head = new byte[length];
        var read = await stream.ReadAtLeastAsync(head, length, throwOnEndOfStream: false, ct);
        return (head[..read], new HeadStream(stream, head[..read]));
    }

    public override int Read(Span<byte> buffer) => _given < head.Length ? Give(buffer) : inner.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _given < head.Length ? ValueTask.FromResult(Give(buffer.Span)) : inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    int Give(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, head.Length - _given);
        head.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
