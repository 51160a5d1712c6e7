using System.Net;

namespace Plimsoll.Client.Inspections;

/// <summary>An archive as the body of a request. It streams; nothing is kept.</summary>
internal sealed class ArchiveContent : HttpContent
{
    readonly Archive _archive;
    readonly IProgress<long>? _progress;

    /// <param name="progress">Is told the bytes sent so far, from the start again when the archive is sent again.</param>
    public ArchiveContent(Archive archive, IProgress<long>? progress)
    {
        (_archive, _progress) = (archive, progress);
        Headers.ContentType = new("application/x-tar");
    }

    /// <summary>Called whenever some bytes were sent.</summary>
    public Action? WhenSome { get; set; }

    /// <summary>Why the archive itself could not be read; null when that went well. HttpClient tells it like a broken connection.</summary>
    public Exception? Unreadable { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var sent = new SentBytes(stream, total =>
        {
            WhenSome?.Invoke();
            _progress?.Report(total);
        });
        try
        {
            await _archive.Write(sent, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !sent.Broke)
        {
            Unreadable = e;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _archive.Length ?? 0;
        return _archive.Length is not null;
    }
}
