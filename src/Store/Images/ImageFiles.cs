using Microsoft.Extensions.Caching.Memory;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Store.Layers;

namespace Plimsoll.Store.Images;

/// <summary>Which listing of an image's files is wanted.</summary>
/// <param name="Layer">What this layer did; null: what a container sees.</param>
/// <param name="Wasted">What cannot be seen and costs bytes, of the layer or of all.</param>
internal sealed record FileQuestion(int? Layer, bool Wasted);

/// <summary>
/// The files of stored images, out of the indexes of their layers. Folding those takes time and memory: it is done for few at a time and for no
/// image of more than <see cref="MostEntries"/> files, and the last listings are kept, since whoever turns pages asks for one again and again.
/// </summary>
internal sealed class ImageFiles(LayerStore layers) : IDisposable
{
    public const int MostEntries = 1_000_000;

    /// <summary>Lines of all listings that are kept.</summary>
    const int MostLines = 500_000;

    static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    readonly MemoryCache _recent = new(new MemoryCacheOptions { SizeLimit = MostLines });
    readonly SemaphoreSlim _room = new(2);

    /// <summary>A listing in the order of its paths; null when a layer is not known any more, or there are too many files.</summary>
    /// <param name="diffIds">Of the layers, from the lowest up.</param>
    public async Task<IReadOnlyList<FileLine>?> List(IReadOnlyList<Digest> diffIds, FileQuestion question, CancellationToken ct)
    {
        var key = (string.Join(' ', diffIds), question);
        if (_recent.TryGetValue(key, out IReadOnlyList<FileLine>? known))
            return known;
        var listing = await WithLayers(diffIds, indexes => Sorted(Lines(indexes, question)), ct);
        if (listing is { Count: <= MostLines / 4 })
            _recent.Set(key, listing, new MemoryCacheEntryOptions { Size = listing.Count + 1, SlidingExpiration = Kept });
        return listing;
    }

    /// <summary>What a container sees; null as above.</summary>
    public Task<FileTree?> Tree(IReadOnlyList<Digest> diffIds, CancellationToken ct) => WithLayers(diffIds, indexes => FileTree.Of(indexes, Limits.Default), ct);

    public void Dispose()
    {
        _recent.Dispose();
        _room.Dispose();
    }

    async Task<T?> WithLayers<T>(IReadOnlyList<Digest> diffIds, Func<IReadOnlyList<LayerIndex>, T> fold, CancellationToken ct) where T : class
    {
        await _room.WaitAsync(ct);
        try
        {
            return await layers.All(diffIds, MostEntries, ct) is { } indexes ? fold(indexes) : null;
        }
        finally
        {
            _room.Release();
        }
    }

    static IEnumerable<FileLine> Lines(IReadOnlyList<LayerIndex> indexes, FileQuestion question) => question switch
    {
        { Wasted: true } => FileLine.OfWaste(FileTree.Of(indexes, Limits.Default), indexes).Where(line => question.Layer is null || line.Layer == question.Layer),
        { Layer: { } layer } => FileLine.OfLayer(indexes, layer),
        _ => FileLine.OfTree(FileTree.Of(indexes, Limits.Default)),
    };

    // The same path may be hidden in several layers.
    static List<FileLine> Sorted(IEnumerable<FileLine> lines) => [.. lines.OrderBy(line => line.Path, StringComparer.Ordinal).ThenBy(line => line.Layer)];
}
