using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Images;

/// <summary>
/// Turns a layer into its index in one pass, in which its digests are verified. A second pass is for the few layers that have evidence
/// behind hard links.
/// </summary>
internal sealed class LayerReader(Limits limits)
{
    readonly LayerBytes _bytes = new(limits);
    readonly Budget _packages = new("bytes of package data in its layers", limits.PackageBytes);

    public Task<LayerIndex> Read(LayerBlob blob, Budget entries, Action<int>? onRead, CancellationToken ct) =>
        LayerBytes.Named(blob, () => ReadWhole(blob, entries, onRead, ct));

    async Task<LayerIndex> ReadWhole(LayerBlob blob, Budget entries, Action<int>? onRead, CancellationToken ct)
    {
        var table = new EntryTable();
        using var contents = new LayerContents(limits, _packages);
        var parser = new TarParser(table, contents, limits, entries);
        var read = await _bytes.Read(blob, onRead, chunk => parser.Feed(chunk.Span), parser.Complete, ct);
        if (LinkedEvidence.In(table) is { Count: > 0 } linked)
            await ReadAgain(blob, read.Compression, linked, table, contents, ct);
        return Index(read, table, contents);
    }

    static async Task ReadAgain(LayerBlob blob, Compression compression, IReadOnlyList<LinkedEvidence> linked, EntryTable table, LayerContents contents, CancellationToken ct)
    {
        await using var stored = await blob.Open(ct);
        await using var plain = compression.Inflate(stored);
        await SecondLook.Read(plain, linked, table, contents.Packages, ct);
    }

    static LayerIndex Index(ReadLayer read, EntryTable table, LayerContents contents)
    {
        var packages = contents.Packages.Found;
        return new LayerIndex(read.Digest, read.DiffId, read.StoredBytes, table, contents.Kept.Files, packages, contents.Secrets.Found,
            [.. contents.Kept.Notes, .. packages.OrderBy(file => file.Key).SelectMany(file => file.Value.Notes), .. contents.Secrets.Notes]);
    }
}
