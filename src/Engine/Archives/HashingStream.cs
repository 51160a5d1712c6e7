using System.Security.Cryptography;

namespace Plimsoll.Engine.Archives;

/// <summary>Passes a stream on to one reader, from start to end, and hashes and counts what passes.</summary>
internal sealed class HashingStream(Stream inner, HashAlgorithmName algorithm, Action<int>? onRead = null) : Stream
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

    /// <summary>Bytes that have passed.</summary>
    public long Count { get; private set; }

    public byte[] Hash() => _hash.GetCurrentHash();

    public override int Read(Span<byte> buffer) => Passed(buffer, inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Passed(buffer, await inner.ReadAsync(buffer, cancellationToken));

    int Passed(Memory<byte> buffer, int count) => Passed(buffer.Span, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    int Passed(Span<byte> buffer, int count)
    {
        _hash.AppendData(buffer[..count]);
        Count += count;
        onRead?.Invoke(count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
