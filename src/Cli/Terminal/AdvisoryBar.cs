using System.Globalization;
using Plimsoll.Engine.Advisories.Feeds;

namespace Plimsoll.Cli.Terminal;

/// <summary>How far a source of advisories is: first its bytes where it comes over a network, then its records.</summary>
internal sealed class AdvisoryBar : IProgress<Transfer>, IProgress<int>, IAsyncDisposable
{
    readonly Live _live;
    long _done, _total = -1;
    int _records;

    AdvisoryBar(string name) => _live = Live.Start(screen => [Of(name, screen)]);

    /// <summary>Null when nobody is watching.</summary>
    public static AdvisoryBar? Start(string name) => Live.IsWatched ? new(name) : null;

    public void Report(Transfer value)
    {
        Interlocked.Exchange(ref _total, value.Total ?? -1);
        Interlocked.Exchange(ref _done, value.Done);
    }

    public void Report(int value) => Interlocked.Exchange(ref _records, value);

    public ValueTask DisposeAsync() => _live.DisposeAsync();

    Line Of(string name, Screen screen) => Volatile.Read(ref _records) is var records and > 0
        ? new Line().Add(name, Tone.Dim).Add(string.Create(CultureInfo.InvariantCulture, $"  {records:N0} records"))
        : LayerBars.Of(name, Interlocked.Read(ref _done), Interlocked.Read(ref _total) is var total and >= 0 ? total : null, screen);
}
