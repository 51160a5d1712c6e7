using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Images;

/// <summary>The layers of one inspection. Each is read once, whatever the number of images that have it; three are read at a time.</summary>
internal sealed class LayerSet(Limits limits, IProgress<LayerProgress>? progress, LayerMemory? memory = null)
{
    // More connections bring little and annoy registries; fewer leave processors idle that inflate and hash.
    const int AtATime = 3;

    readonly LayerReader _reader = new(limits);
    readonly Dictionary<(Digest?, Digest), LayerIndex> _known = [];

    public async Task<IReadOnlyList<LayerIndex>> Read(IReadOnlyList<LayerBlob> layers, CancellationToken ct)
    {
        var entries = new Budget("files in its layers", limits.Entries);
        var missing = layers.DistinctBy(Key).Where(layer => !_known.ContainsKey(Key(layer))).OrderByDescending(layer => layer.Size ?? 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ct };
        await Parallel.ForEachAsync(missing, options, async (layer, token) =>
        {
            var index = await Remembered(layer, entries, token) ?? await Read(layer, entries, token);
            lock (_known)
                _known[Key(layer)] = index;
        });
        return [.. layers.Select(layer => _known[Key(layer)])];
    }

    async Task<LayerIndex> Read(LayerBlob layer, Budget entries, CancellationToken ct)
    {
        var index = await _reader.Read(layer, entries, Report(layer), ct);
        if (memory is not null)
            await memory.Keep(index, ct);
        return index;
    }

    // The config's word for a diff id counts for nothing: what is known is the digest of bytes, and what they inflate to.
    async Task<LayerIndex?> Remembered(LayerBlob layer, Budget entries, CancellationToken ct)
    {
        if (memory is null || await memory.Find(layer.Digest ?? layer.DiffId, ct) is not { } known || known.DiffId != layer.DiffId)
            return null;
        // What does not hold is read in full, and the reader says what is wrong with it.
        if (!layer.ByDigest && !await LayerBytes.Holds(layer, Report(layer), ct))
            return null;
        entries.Take(known.Table.Count);
        return known.StoredAs(layer.Digest ?? layer.DiffId, layer.Size ?? known.CompressedSize);
    }

    Action<int>? Report(LayerBlob layer)
    {
        if (progress is null)
            return null;
        var name = (layer.Digest ?? layer.DiffId).Short;
        return read => progress.Report(new LayerProgress(name, read, layer.Size));
    }

    static (Digest?, Digest) Key(LayerBlob layer) => (layer.Digest, layer.DiffId);
}
