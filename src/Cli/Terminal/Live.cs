using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>
/// Lines on standard error that are drawn anew while something goes on, when someone is watching and it takes longer than a moment.
/// It never hides the cursor, so that there is nothing to put right however the process ends.
/// </summary>
internal sealed class Live : IAsyncDisposable
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    readonly CancellationTokenSource _done = new();
    readonly Task _drawing;

    Live(Func<Screen, IReadOnlyList<Line>> lines) => _drawing = Draw(lines, _done.Token);

    public static bool IsWatched => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null);

    /// <param name="lines">What there is to show now; called from another thread.</param>
    public static Live Start(Func<Screen, IReadOnlyList<Line>> lines) => new(lines);

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _drawing;
        _done.Dispose();
    }

    static async Task Draw(Func<Screen, IReadOnlyList<Line>> lines, CancellationToken done)
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
            var now = lines(screen);
            foreach (var line in now)
                screen.Write(line);
            screen.Flush();
            drawn = now.Count;
        }
        while (await Passes(Frame, done));
        Erase(ansi, drawn);
    }

    static void Erase(AnsiWriter ansi, int lines)
    {
        if (lines > 0)
            ansi.CursorUp(lines).EraseInDisplay(0);
    }

    // False when it ended first.
    static async Task<bool> Passes(TimeSpan time, CancellationToken done)
    {
        await Task.Delay(time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !done.IsCancellationRequested;
    }
}
