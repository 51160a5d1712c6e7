using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Images;

/// <summary>The layers of one inspection. Each is read once, whatever the number of images that have it; three are read at a time.</summary>
internal sealed class LayerSet(Limits limits, IProgress<LayerProgress>? progress)
{
    // More connections bring little and annoy registries; fewer leave processors idle that inflate and hash.
    const int AtATime = 3;

    readonly LayerReader _reader = new(limits, new Budget("bytes in its layers", limits.TotalBytes));
    readonly Dictionary<(Digest?, Digest), LayerIndex> _known = [];

    public async Task<IReadOnlyList<LayerIndex>> Read(IReadOnlyList<LayerBlob> layers, CancellationToken ct)
    {
        var entries = new Budget("files in its layers", limits.Entries);
        var missing = layers.DistinctBy(Key).Where(layer => !_known.ContainsKey(Key(layer))).OrderByDescending(layer => layer.Size ?? 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ct };
        await Parallel.ForEachAsync(missing, options, async (layer, token) =>
        {
            var index = await _reader.Read(layer, entries, Report(layer), token);
            lock (_known)
                _known[Key(layer)] = index;
        });
        return [.. layers.Select(layer => _known[Key(layer)])];
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
