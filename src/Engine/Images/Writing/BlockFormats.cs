using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>The formats that layers are compressed with, and their levels.</summary>
internal static class BlockFormats
{
    public static IBlockFormat Of(LayerEncoding encoding) => encoding switch
    {
        { Compression: Compression.Gzip, Level: null or (>= 0 and <= 9) } => new GzipBlocks(encoding.Level ?? 6),
        { Compression: Compression.Zstd, Level: null or (>= 1 and <= 19) } => new ZstdBlocks(encoding.Level ?? 3),
        { Compression: Compression.Gzip } => throw new UnwritableImageException($"gzip has no level {encoding.Level}", "choose one from 0 to 9"),
        { Compression: Compression.Zstd } => throw new UnwritableImageException($"layers are not compressed with level {encoding.Level} of zstd", "choose one from 1 to 19"),
        _ => throw new NotSupportedException($"{encoding.Compression} packs no blocks"),
    };
}
