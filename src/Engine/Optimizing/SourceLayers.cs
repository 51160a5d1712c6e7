using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>A layer of the image as it is, read and verified once.</summary>
/// <param name="Blob">With the digest of what is stored, whether the source says it or not.</param>
internal sealed record SourceLayer(LayerBlob Blob, ReadLayer Read, LayerFacts Facts, LayerIndex Index);

/// <summary>Reads the layers of an image, each that comes twice once.</summary>
internal sealed class SourceLayers(Limits limits, LayerBytes bytes)
{
    // Two inflate and hash, and each holds only its entries.
    const int AtATime = 2;

    public async Task<IReadOnlyList<SourceLayer>> Read(IReadOnlyList<LayerBlob> layers, IProgress<LayerProgress>? progress, CancellationToken ct)
    {
        var entries = new Budget("files in its layers", limits.Entries);
        var known = new Dictionary<(Digest?, Digest), SourceLayer>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ct };
        await Parallel.ForEachAsync(layers.DistinctBy(Key).OrderByDescending(layer => layer.Size ?? 0), options, async (layer, token) =>
        {
            var read = await LayerBytes.Named(layer, () => Read(layer, entries, progress, token));
            lock (known)
                known[Key(layer)] = read;
        });
        return [.. layers.Select(layer => known[Key(layer)])];
    }

    async Task<SourceLayer> Read(LayerBlob layer, Budget entries, IProgress<LayerProgress>? progress, CancellationToken ct)
    {
        var name = (layer.Digest ?? layer.DiffId).Short;
        using var facts = new LayerFacts(limits, entries);
        var read = await bytes.Read(layer, count => progress?.Report(new LayerProgress(name, count, layer.Size)), chunk => facts.Feed(chunk.Span), facts.Complete, ct);
        return new SourceLayer(layer with { Digest = read.Digest }, read, facts, facts.Index(read.Digest, read.DiffId, read.StoredBytes));
    }

    static (Digest?, Digest) Key(LayerBlob layer) => (layer.Digest, layer.DiffId);
}
