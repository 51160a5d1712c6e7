using System.Collections.Concurrent;
using Plimsoll.Engine;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>A bar for each layer on standard error, when someone is watching and the inspection takes longer than a moment.</summary>
internal sealed class Progress : IAsyncDisposable
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    readonly ConcurrentDictionary<string, (long Read, long? Total)> _layers = new();
    readonly CancellationTokenSource _done = new();
    readonly Task _shown;

    Progress(bool watched)
    {
        Sink = watched ? new LayerSink(_layers) : null;
        _shown = watched ? Show(_done.Token) : Task.CompletedTask;
    }

    /// <summary>Where the engine reports to; null when nobody is watching.</summary>
    public IProgress<LayerProgress>? Sink { get; }

    public static Progress Start() => new(!Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null));

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _shown;
        _done.Dispose();
    }

    async Task Show(CancellationToken done)
    {
        if (!await Passes(Moment, done))
            return;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(async context =>
            {
                var bars = new Dictionary<string, ProgressTask>();
                while (await Passes(TimeSpan.FromMilliseconds(100), done))
                    foreach (var (name, (read, total)) in _layers)
                    {
                        if (!bars.TryGetValue(name, out var bar))
                            bars[name] = bar = context.AddTask(name, maxValue: total ?? 1);
                        bar.IsIndeterminate = total is null;
                        bar.Value = total is null ? 0 : Math.Min(read, total.Value);
                    }
            });
    }

    // False when the inspection ended first.
    static async Task<bool> Passes(TimeSpan time, CancellationToken done)
    {
        await Task.Delay(time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !done.IsCancellationRequested;
    }

    // Called from the threads that read; System.Progress would queue each call.
    sealed class LayerSink(ConcurrentDictionary<string, (long Read, long? Total)> layers) : IProgress<LayerProgress>
    {
        public void Report(LayerProgress value) =>
            layers.AddOrUpdate(value.Layer, _ => (value.Read, value.Total), (_, known) => (known.Read + value.Read, known.Total));
    }
}
