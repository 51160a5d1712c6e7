using Plimsoll.Engine.Reports;
using ZstdSharp;

namespace Plimsoll.Store.Images;

/// <summary>A report as it is stored: JSON, zstd-compressed to about a tenth.</summary>
internal static class ReportBytes
{
    /// <summary>Fast and nearly as small as the higher levels.</summary>
    const int Level = 3;

    public static byte[] Pack(ImageReport report)
    {
        using var packed = new MemoryStream();
        using (var compressor = new CompressionStream(packed, Level, leaveOpen: true))
            JsonFormat.Write(report, compressor);
        return packed.ToArray();
    }

    public static ImageReport Unpack(byte[] packed)
    {
        using var plain = new DecompressionStream(new MemoryStream(packed));
        return JsonFormat.ReadImage(plain);
    }
}
