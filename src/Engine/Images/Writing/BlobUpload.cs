using System.Buffers;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Gathers the bytes of a blob into chunks. While one is on its way the next is filled, and until a chunk has arrived it is kept.</summary>
internal sealed class BlobUpload(UploadSession session, int chunkBytes) : IAsyncDisposable
{
    byte[] _filling = ArrayPool<byte>.Shared.Rent(chunkBytes);
    byte[] _spare = ArrayPool<byte>.Shared.Rent(chunkBytes);
    Task _sending = Task.CompletedTask;
    int _filled;

    /// <summary>Whether the blob is larger than one chunk, so that some of it is on its way.</summary>
    public bool HasSent { get; private set; }

    public async ValueTask Take(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
        {
            // Only when more comes is it known that a full chunk is not all of the blob.
            if (_filled == chunkBytes)
                await Send(ct);
            var taken = Math.Min(bytes.Length, chunkBytes - _filled);
            bytes[..taken].CopyTo(_filling.AsMemory(_filled));
            _filled += taken;
            bytes = bytes[taken..];
        }
    }

    public async Task<PushAnswer> Complete(Digest digest, CancellationToken ct)
    {
        if (!HasSent)
            return await session.Finish(digest, _filling.AsMemory(0, _filled), ct);
        await Send(ct);
        await _sending;
        return await session.Finish(digest, default, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ArrayPool<byte>.Shared.Return(_filling);
        ArrayPool<byte>.Shared.Return(_spare);
        (_filling, _spare) = ([], []);
    }

    async Task Send(CancellationToken ct)
    {
        await _sending;
        (_filling, _spare) = (_spare, _filling);
        _sending = session.Send(_spare.AsMemory(0, _filled), ct);
        (_filled, HasSent) = (0, true);
    }
}
