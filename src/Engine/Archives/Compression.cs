using System.IO.Compression;

namespace Plimsoll.Engine.Archives;

/// <summary>How a blob is compressed, told by its first bytes and never by its name or media type.</summary>
internal enum Compression { None, Gzip, Zstd }

internal static class CompressionExtensions
{
    /// <summary>Gzip: RFC 1952, 2.3.1. Zstandard: RFC 8878, 3.1.1, or a skippable frame (3.1.2), which zstd:chunked layers may begin with.</summary>
    public static Compression Detect(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, ..] => Compression.Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression.Zstd,
        [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => Compression.Zstd,
        _ => Compression.None,
    };

    /// <summary>A stream of the inflated bytes that owns <paramref name="packed"/>.</summary>
    public static Stream Inflate(this Compression compression, Stream packed) => compression switch
    {
        Compression.Gzip => new GZipStream(packed, CompressionMode.Decompress),
        Compression.Zstd => new ZstdSharp.DecompressionStream(packed, bufferSize: 1 << 16, checkEndOfStream: true, leaveOpen: false),
        _ => packed,
    };
}
