using System.Collections.Concurrent;
using Plimsoll.Client;
using Plimsoll.Engine;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>A bar for each layer that is being read, here or on a server.</summary>
internal sealed class LayerBars : IProgress<LayerProgress>, IProgress<EventBody>, IAsyncDisposable
{
    const int Shown = 6;
    const int BarCells = 30;

    readonly ConcurrentDictionary<string, (long Read, long? Total)> _layers = new();
    readonly Live _live;
    volatile string _state = "starting";

    LayerBars() => _live = Live.Start(Lines);

    /// <summary>Null when nobody is watching.</summary>
    public static LayerBars? Start() => Live.IsWatched ? new() : null;

    // Called from the threads that read; System.Progress would queue each call.
    public void Report(LayerProgress value) =>
        _layers.AddOrUpdate(value.Layer, _ => (value.Read, value.Total), (_, known) => (known.Read + value.Read, known.Total));

    // A server says how far a layer is in all.
    public void Report(EventBody value)
    {
        if (value.Layer is { } layer)
            _layers[layer.Layer] = (layer.Read, layer.Total);
        if (value.Inspection is { } inspection)
            _state = inspection.State;
    }

    public ValueTask DisposeAsync() => _live.DisposeAsync();

    List<Line> Lines(Screen screen)
    {
        var layers = _layers.OrderBy(layer => layer.Key, StringComparer.Ordinal).ToList();
        if (layers.Count == 0)
            return [new Line().Add(_state, Tone.Dim)];
        var read = layers.Where(layer => layer.Value.Read < layer.Value.Total.GetValueOrDefault(long.MaxValue)).ToList();
        return
        [
            .. read.Take(Shown).Select(layer => Of(layer.Key, layer.Value.Read, layer.Value.Total, screen)),
            new Line().Add($"{layers.Count - read.Count} of {layers.Count} layers read, {Bytes.Show(layers.Sum(l => l.Value.Read))}", Tone.Dim),
        ];
    }

    /// <summary>How far something is, on one line.</summary>
    public static Line Of(string name, long done, long? total, Screen screen)
    {
        var line = new Line().Add(name, Tone.Dim).Add("  ");
        return total is { } whole
            ? line.Add(Bar.Of(screen, Math.Min(done, whole), 0, whole, BarCells, track: true)).Add($"  {Bytes.Show(done)} of {Bytes.Show(whole)}")
            : line.Add(Bytes.Show(done));
    }
}
