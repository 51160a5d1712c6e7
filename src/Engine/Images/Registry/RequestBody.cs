using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Bytes that a request sends, kept in memory so that it can be made again.</summary>
/// <param name="At">Of a chunk of a blob, where it begins.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, string Type, long? At = null)
{
    public bool IsLong => Bytes.Length > 1 << 20;

    public HttpContent Content()
    {
        var content = new SteadyContent(Bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(Type) } };
        // The specification's range has neither a unit nor a length, as HTTP's own has.
        if (At is { } at && Bytes.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{at}-{at + Bytes.Length - 1}"));
        return content;
    }
}

/// <summary>A body that tells as it goes out that it does: a slow line is not a silent one.</summary>
internal sealed class SteadyContent(ReadOnlyMemory<byte> bytes) : HttpContent
{
    const int Piece = 1 << 16;

    public Action? Sent { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var at = 0; at < bytes.Length; at += Piece)
        {
            await stream.WriteAsync(bytes.Slice(at, Math.Min(Piece, bytes.Length - at)), cancellationToken);
            Sent?.Invoke();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
