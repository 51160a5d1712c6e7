using System.Collections.Concurrent;
using Plimsoll.Engine;
using Plimsoll.Engine.Reports;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>
/// A bar for each layer that is being read, on standard error, when someone is watching and the inspection takes longer than a moment.
/// It never hides the cursor, so that there is nothing to put right however the process ends.
/// </summary>
internal sealed class LayerBars : IProgress<LayerProgress>, IAsyncDisposable
{
    const int Shown = 6;
    const int BarCells = 30;
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    readonly ConcurrentDictionary<string, (long Read, long? Total)> _layers = new();
    readonly CancellationTokenSource _done = new();
    readonly Task _drawing;

    LayerBars() => _drawing = Draw(_done.Token);

    /// <summary>Null when nobody is watching.</summary>
    public static LayerBars? Start() =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" or null ? null : new LayerBars();

    // Called from the threads that read; System.Progress would queue each call.
    public void Report(LayerProgress value) =>
        _layers.AddOrUpdate(value.Layer, _ => (value.Read, value.Total), (_, known) => (known.Read + value.Read, known.Total));

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _drawing;
        _done.Dispose();
    }

    async Task Draw(CancellationToken done)
    {
        if (!await Passes(Moment, done))
            return;
        using var error = new StreamWriter(Console.OpenStandardError(), leaveOpen: true);
        var ansi = new AnsiWriter(error, new AnsiCapabilities { Ansi = true, ColorSystem = ColorSystem.Standard });
        using var screen = Screen.OnStandardError();
        var drawn = 0;
        do
        {
            Erase(ansi, drawn);
            error.Flush();
            var lines = Lines(screen);
            lines.ForEach(screen.Write);
            screen.Flush();
            drawn = lines.Count;
        }
        while (await Passes(Frame, done));
        Erase(ansi, drawn);
    }

    List<Line> Lines(Screen screen)
    {
        var layers = _layers.OrderBy(layer => layer.Key, StringComparer.Ordinal).ToList();
        var read = layers.Where(layer => layer.Value.Read < layer.Value.Total.GetValueOrDefault(long.MaxValue)).ToList();
        return
        [
            .. read.Take(Shown).Select(layer => Of(layer.Key, layer.Value.Read, layer.Value.Total, screen)),
            new Line().Add($"{layers.Count - read.Count} of {layers.Count} layers read, {Bytes.Show(layers.Sum(l => l.Value.Read))}", Tone.Dim),
        ];
    }

    static Line Of(string layer, long read, long? total, Screen screen)
    {
        var line = new Line().Add(layer, Tone.Dim).Add("  ");
        return total is { } whole
            ? line.Add(Bar.Of(screen, Math.Min(read, whole), 0, whole, BarCells, track: true)).Add($"  {Bytes.Show(read)} of {Bytes.Show(whole)}")
            : line.Add(Bytes.Show(read));
    }

    static void Erase(AnsiWriter ansi, int lines)
    {
        if (lines > 0)
            ansi.CursorUp(lines).EraseInDisplay(0);
    }

    // False when the inspection ended first.
    static async Task<bool> Passes(TimeSpan time, CancellationToken done)
    {
        await Task.Delay(time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !done.IsCancellationRequested;
    }
}
