using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>A download that goes on where it stopped when the connection breaks, as often as the options allow.</summary>
internal sealed class ResumingStream(Stream first, Func<long, CancellationToken, Task<Stream>> from, RegistryOptions options) : Stream
{
    Stream _current = first;
    long _position;
    int _resumed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var read = await ReadInTime(buffer, cancellationToken);
                _position += read;
                return read;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
            {
                if (++_resumed >= options.Attempts)
                    throw new UnreadableImageException($"the connection to the registry broke {_resumed} times, the last after {_position} bytes", "try again later", e);
                await _current.DisposeAsync();
                _current = await from(_position, cancellationToken);
            }
        }
    }

    // A read that took too long is called off before anyone else may write to the buffer.
    async ValueTask<int> ReadInTime(Memory<byte> buffer, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(options.IdleTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            return await _current.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a download is read asynchronously");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _current.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
