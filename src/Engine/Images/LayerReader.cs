using System.Buffers;
using System.Security.Cryptography;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Images;

/// <summary>
/// Turns a layer into its index in one pass, and verifies the blob digest and the diff id in that pass. While one chunk is hashed and
/// parsed, the next is read and inflated. A second pass is for the few layers that have evidence behind hard links.
/// </summary>
internal sealed class LayerReader(Limits limits)
{
    const int ChunkBytes = 1 << 18;

    readonly Budget _totalBytes = new("bytes in its layers", limits.TotalBytes);
    readonly Budget _packages = new("bytes of package data in its layers", limits.PackageBytes);

    public async Task<LayerIndex> Read(LayerBlob blob, Budget entries, Action<int>? onRead, CancellationToken ct)
    {
        var name = (blob.Digest ?? blob.DiffId).Short;
        try
        {
            return await ReadWhole(blob, entries, onRead, ct);
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
        await Pump(stored, _ => { }, ct);
        return Digest.FromHash(stored.Hash()) == claimed;
    }

    async Task<LayerIndex> ReadWhole(LayerBlob blob, Budget entries, Action<int>? onRead, CancellationToken ct)
    {
        var table = new EntryTable();
        using var contents = new LayerContents(limits, _packages);
        var parser = new TarParser(table, contents, limits, entries);
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
                diffHash.AppendData(chunk);
            parser.Feed(chunk);
        }, ct);
        parser.Complete();

        // A decompressor may stop before the end of what is stored; the digest is of all of it.
        await Pump(stored, _ => { }, ct);
        var digest = Digest.FromHash(stored.Hash());
        var diffId = hashedOnRead ? digest : Digest.FromHash(diffHash.GetHashAndReset());
        Verify("diff id", blob.DiffId, diffId);
        if (blob.Digest is { } claimed)
            Verify("digest", claimed, digest);
        if (LinkedEvidence.In(table) is { Count: > 0 } linked)
            await ReadAgain(blob, compression, linked, table, contents, ct);
        return Index(digest, diffId, stored.Count, table, contents);
    }

    static async Task ReadAgain(LayerBlob blob, Compression compression, IReadOnlyList<LinkedEvidence> linked, EntryTable table, LayerContents contents, CancellationToken ct)
    {
        await using var stored = await blob.Open(ct);
        await using var plain = compression.Inflate(stored);
        await SecondLook.Read(plain, linked, table, contents.Packages, ct);
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

    static LayerIndex Index(Digest digest, Digest diffId, long storedBytes, EntryTable table, LayerContents contents)
    {
        var packages = contents.Packages.Found;
        return new LayerIndex(digest, diffId, storedBytes, table, contents.Kept.Files, packages, contents.Secrets.Found,
            [.. contents.Kept.Notes, .. packages.OrderBy(file => file.Key).SelectMany(file => file.Value.Notes), .. contents.Secrets.Notes]);
    }

    // Two buffers: one is filled while the other is consumed.
    static async Task Pump(Stream source, Action<ReadOnlySpan<byte>> consume, CancellationToken ct)
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
                consuming = Task.Run(() => consume(chunk.Span), CancellationToken.None);
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
