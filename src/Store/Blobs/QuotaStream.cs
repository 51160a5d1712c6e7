namespace Plimsoll.Store.Blobs;

/// <summary>Bytes of uploads that a process is taking at this moment.</summary>
internal sealed class Arriving
{
    long _bytes;

    public long Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}

/// <summary>A body that may be read as long as all bodies that arrive together fit into the room that is left.</summary>
internal sealed class QuotaStream(Stream body, long room, Arriving arriving) : Stream
{
    long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="BlobStoreFullException">The room is used up.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        _read += read;
        return arriving.Add(read) <= room ? read : throw new BlobStoreFullException("the quota of the blob store is used up by uploads that wait for their inspection");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        arriving.Add(-_read);
        _read = 0;
        base.Dispose(disposing);
    }
}
