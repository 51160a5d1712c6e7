namespace Plimsoll.Cli.Terminal;

/// <summary>How far an upload is.</summary>
internal sealed class UploadBar : IProgress<long>, IAsyncDisposable
{
    readonly Live _live;
    long _sent;

    UploadBar(long? total) => _live = Live.Start(screen => [LayerBars.Of("uploading", Interlocked.Read(ref _sent), total, screen)]);

    /// <summary>Null when nobody is watching.</summary>
    /// <param name="total">Bytes; null where they are not known.</param>
    public static UploadBar? Start(long? total) => Live.IsWatched ? new UploadBar(total) : null;

    public void Report(long value) => Interlocked.Exchange(ref _sent, value);

    public ValueTask DisposeAsync() => _live.DisposeAsync();
}
