using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>An image that is written into memory, with the tar of each of its layers.</summary>
/// <param name="usual">How it compresses layers.</param>
internal sealed class MemoryOutput(Compression usual) : IImageOutput
{
    readonly List<(Digest Digest, byte[] Tar, byte[] Stored)> _taken = [];

    public Compression DefaultCompression => usual;

    /// <summary>Of the image that was committed; null before.</summary>
    public byte[]? Config { get; private set; }

    public IReadOnlyList<byte[]> Tars { get; private set; } = [];

    public IReadOnlyList<byte[]> Blobs { get; private set; } = [];

    public ImageDescription? Description { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>How many layers were written anew.</summary>
    public int Rewritten { get; private set; }

    public async Task<WrittenLayer> Write(LayerEncoding encoding, Func<Stream, CancellationToken, Task> write, CancellationToken ct)
    {
        Rewritten++;
        var tar = new MemoryStream();
        await write(tar, ct);
        var packing = encoding.Compression switch { Compression.Gzip => Packing.Gzip, Compression.Zstd => Packing.Zstd, _ => Packing.None };
        return Take(tar.ToArray(), TestImage.Pack(tar.ToArray(), packing));
    }

    public async Task<WrittenLayer> Copy(LayerBlob layer, ImageName? from, CancellationToken ct)
    {
        var stored = new MemoryStream();
        await using (var blob = await layer.Open(ct))
            await blob.CopyToAsync(stored, ct);
        Assert.Equal(layer.Digest, Digest.Of(stored.ToArray()));
        var tar = new MemoryStream();
        stored.Position = 0;
        await using (var plain = CompressionExtensions.Detect(stored.ToArray()).Inflate(stored))
            await plain.CopyToAsync(tar, ct);
        return Take(tar.ToArray(), stored.ToArray());
    }

    public Task<WrittenImage> Commit(ReadOnlyMemory<byte> config, IReadOnlyList<WrittenLayer> layers, ImageDescription description, CancellationToken ct)
    {
        Config = config.ToArray();
        Description = description;
        Tars = [.. layers.Select(layer => _taken.First(taken => taken.Digest == layer.Digest).Tar)];
        Blobs = [.. layers.Select(layer => _taken.First(taken => taken.Digest == layer.Digest).Stored)];
        return Task.FromResult(new WrittenImage(Digest.Of(Config), Config.Length));
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    WrittenLayer Take(byte[] tar, byte[] stored)
    {
        _taken.Add((Digest.Of(stored), tar, stored));
        return new WrittenLayer(Digest.Of(stored), Digest.Of(tar), stored.Length, CompressionExtensions.Detect(stored));
    }
}
