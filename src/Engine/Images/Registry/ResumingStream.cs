using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>A download that goes on where it stopped when the connection breaks, as often as the options allow.</summary>
internal sealed class ResumingStream(Download first, Func<long, CancellationToken, Task<Download>> from, RegistryOptions options) : Stream
{
    Download _current = first;
    long _at = first.Start;
    long _position;
    int _broken;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                await ReadPastWhatIsKnown(cancellationToken);
                var read = await ReadInTime(buffer, cancellationToken);
                _position += read;
                return read;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
            {
                if (++_broken >= options.Attempts)
                    throw new UnreadableImageException($"the connection to the registry broke {_broken} times, the last after {_position} bytes", "try again later", e) { Kind = FailureKind.Unavailable };
                await _current.Bytes.DisposeAsync();
                _current = await from(_position, cancellationToken);
                _at = _current.Start;
            }
        }
    }

    async ValueTask ReadPastWhatIsKnown(CancellationToken ct)
    {
        if (_at == _position)
            return;
        var buffer = new byte[1 << 16];
        while (_at < _position)
            if (await ReadInTime(buffer.AsMemory(0, (int)Math.Min(buffer.Length, _position - _at)), ct) == 0)
                throw new UnreadableImageException("the registry sends less of it the second time", "try again later") { Kind = FailureKind.Unavailable };
    }

    async ValueTask<int> ReadInTime(Memory<byte> buffer, CancellationToken ct)
    {
        var read = await options.InTime(token => _current.Bytes.ReadAsync(buffer, token), ct);
        _at += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a download is read asynchronously");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _current.Bytes.Dispose();
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
