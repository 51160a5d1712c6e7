using System.Buffers;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Puts layers into a place of blobs in one pass: made and compressed, or copied and verified.</summary>
internal sealed class LayerWriter(IBlobPlace blobs, Limits limits)
{
    const int HeadBytes = 4;

    public async Task<WrittenLayer> Write(LayerEncoding encoding, Func<Stream, CancellationToken, Task> write, CancellationToken ct)
    {
        var written = default(WrittenLayer);
        await blobs.Put(async (take, token) =>
        {
            using var stored = new Passed(take);
            var diffId = encoding.Compression == Compression.None ? null : await Packed(encoding, stored.Take, write, token);
            if (diffId is null)
                await write(new Sink(stored.Take), token);
            written = new WrittenLayer(stored.Digest, diffId ?? stored.Digest, stored.Count, encoding.Compression);
            return written.Digest;
        }, ct);
        return written!;
    }

    public async Task<WrittenLayer> Copy(LayerBlob layer, ImageName? from, CancellationToken ct)
    {
        // Places keep blobs by their SHA-256; what has another digest gets one of those as it is copied.
        if (layer.Digest is { Algorithm: "sha256" } digest && await blobs.Find(digest, from, ct) is { } size && (layer.Size ?? size) == size)
            return new WrittenLayer(digest, layer.DiffId, size, await CompressionOf(layer, ct));
        var written = default(WrittenLayer);
        await blobs.Put(async (take, token) => (written = await Copied(layer, take, token)).Digest, ct);
        return written!;
    }

    static async Task<Digest> Packed(LayerEncoding encoding, Take take, Func<Stream, CancellationToken, Task> write, CancellationToken ct)
    {
        using var format = BlockFormats.Of(encoding);
        await using var compressor = new BlockCompressor(format, Environment.ProcessorCount, take);
        using var plain = new Passed(compressor.Take);
        await write(new Sink(plain.Take), ct);
        await compressor.Complete(ct);
        return plain.Digest;
    }

    async Task<WrittenLayer> Copied(LayerBlob layer, Take take, CancellationToken ct)
    {
        var claimed = layer.Digest ?? layer.DiffId;
        await using var stored = new HashingStream(await layer.Open(ct), claimed.HashName);
        var (head, whole) = await HeadStream.Open(stored, HeadBytes, ct);
        var compression = CompressionExtensions.Detect(head);
        using var copy = new Passed(take);
        await Pump(whole, copy, Math.Min(layer.Size ?? long.MaxValue, limits.TotalBytes), ct);
        // A classic archive says of a compressed layer only what it inflates to.
        if ((layer.Digest is not null || compression == Compression.None) && Digest.FromHash(stored.Hash()) is var actual && actual != claimed)
            throw Changed(claimed, actual.Value);
        return new WrittenLayer(copy.Digest, layer.DiffId, copy.Count, compression);
    }

    static async Task Pump(Stream source, Passed copy, long most, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
            {
                await copy.Take(buffer.AsMemory(0, read), ct);
                if (copy.Count > most)
                    throw new UnreadableImageException($"a layer has more than the {most} bytes that it should have", "the image is corrupt or was tampered with: make or copy it again");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static async Task<Compression> CompressionOf(LayerBlob layer, CancellationToken ct)
    {
        var (head, whole) = await HeadStream.Open(await layer.Open(ct), HeadBytes, ct);
        await whole.DisposeAsync();
        return CompressionExtensions.Detect(head);
    }

    static UnreadableImageException Changed(Digest claimed, string actual) => new(
        $"layer {claimed.Short}: its digest is {actual}, but the image says {claimed}", "the image is corrupt or was tampered with: make or copy it again");
}
