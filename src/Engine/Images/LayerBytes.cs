using System.Buffers;
using System.Security.Cryptography;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images;

/// <summary>
/// The uncompressed bytes of layers, verified: the blob digest and the diff id are those of what passes. While one chunk is hashed and
/// consumed, the next is read and inflated.
/// </summary>
internal sealed class LayerBytes(Limits limits)
{
    const int ChunkBytes = 1 << 18;

    readonly Budget _totalBytes = new("bytes in its layers", limits.TotalBytes);

    /// <summary>Does something with a layer; what is wrong with it is said with its name.</summary>
    public static async Task<T> Named<T>(LayerBlob blob, Func<Task<T>> read)
    {
        var name = (blob.Digest ?? blob.DiffId).Short;
        try
        {
            return await read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException)
        {
            throw new UnreadableImageException($"layer {name}: its compressed data is corrupt or cut short", "make or copy the image again", e);
        }
        catch (UnreadableImageException e)
        {
            throw new UnreadableImageException($"layer {name}: {e.Message}", e.Remedy, e) { Kind = e.Kind };
        }
    }

    /// <summary>Reads a layer only to see whether what is stored has the digest that the image names.</summary>
    public static async Task<bool> Holds(LayerBlob blob, Action<int>? onRead, CancellationToken ct)
    {
        var claimed = blob.Digest ?? blob.DiffId;
        await using var stored = new HashingStream(await blob.Open(ct), claimed.HashName, onRead);
        await Drain(stored, ct);
        return Digest.FromHash(stored.Hash()) == claimed;
    }

    /// <param name="onRead">Told of stored bytes.</param>
    /// <param name="consume">Takes the tar piece by piece.</param>
    /// <param name="complete">Is called behind the last piece, before the digests are looked at.</param>
    public Task<ReadLayer> Read(LayerBlob blob, Action<int>? onRead, Action<ReadOnlyMemory<byte>> consume, Action complete, CancellationToken ct) => Read(
        blob, onRead,
        chunk =>
        {
            consume(chunk);
            return ValueTask.CompletedTask;
        },
        () =>
        {
            complete();
            return ValueTask.CompletedTask;
        }, ct);

    /// <summary>The same for whoever waits for what it writes.</summary>
    public async Task<ReadLayer> Read(LayerBlob blob, Action<int>? onRead, Func<ReadOnlyMemory<byte>, ValueTask> consume, Func<ValueTask> complete, CancellationToken ct)
    {
        using var diffHash = IncrementalHash.CreateHash(blob.DiffId.HashName);
        await using var stored = new HashingStream(await blob.Open(ct), (blob.Digest ?? blob.DiffId).HashName, onRead);
        var (head, whole) = await HeadStream.Open(stored, 4, ct);
        var compression = CompressionExtensions.Detect(head);
        var hashedOnRead = compression == Compression.None && (blob.Digest ?? blob.DiffId).HashName == blob.DiffId.HashName;
        long inflated = 0;

        await using var plain = compression.Inflate(whole);
        await Pump(plain, chunk =>
        {
            inflated += chunk.Length;
            _totalBytes.Take(chunk.Length);
            RefuseBomb(inflated, stored.Count);
            if (!hashedOnRead)
                diffHash.AppendData(chunk.Span);
            return consume(chunk);
        }, ct);
        await complete();

        // A decompressor may stop before the end of what is stored; the digest is of all of it.
        await Drain(stored, ct);
        var digest = Digest.FromHash(stored.Hash());
        var diffId = hashedOnRead ? digest : Digest.FromHash(diffHash.GetHashAndReset());
        Verify("diff id", blob.DiffId, diffId);
        if (blob.Digest is { } claimed)
            Verify("digest", claimed, digest);
        return new ReadLayer(digest, diffId, stored.Count, inflated, compression);
    }

    void RefuseBomb(long inflated, long read)
    {
        if (inflated > limits.ExpansionAllowance && inflated > read * limits.ExpansionRatio)
            throw new UnreadableImageException($"it inflates to more than {limits.ExpansionRatio} times its size", "this is how a decompression bomb looks; do not trust its source");
    }

    static void Verify(string what, Digest claimed, Digest actual)
    {
        if (claimed != actual)
            throw new UnreadableImageException($"its {what} is {actual}, but the image says {claimed}", "the image is corrupt or was tampered with: make or copy it again");
    }

    static Task Drain(Stream source, CancellationToken ct) => Pump(source, _ => ValueTask.CompletedTask, ct);

    // Two buffers: one is filled while the other is consumed.
    static async Task Pump(Stream source, Func<ReadOnlyMemory<byte>, ValueTask> consume, CancellationToken ct)
    {
        var filling = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var full = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var consuming = Task.CompletedTask;
        try
        {
            for (int read; (read = await source.ReadAtLeastAsync(filling.AsMemory(0, ChunkBytes), ChunkBytes, throwOnEndOfStream: false, ct)) > 0;)
            {
                await consuming;
                (filling, full) = (full, filling);
                var chunk = full.AsMemory(0, read);
                consuming = Task.Run(async () => await consume(chunk), CancellationToken.None);
            }
            await consuming;
        }
        finally
        {
            await consuming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(full);
        }
    }
}

/// <summary>What a layer turned out to be.</summary>
/// <param name="StoredBytes">Of the blob.</param>
/// <param name="Bytes">Of the tar.</param>
internal sealed record ReadLayer(Digest Digest, Digest DiffId, long StoredBytes, long Bytes, Compression Compression);
