using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Images;

/// <summary>The report of an image as it is stored: JSON, gzip-compressed to about a tenth, so that it goes out as it is to almost any client.</summary>
/// <param name="Packed">One gzip member (RFC 1952).</param>
internal sealed record StoredReport(byte[] Packed)
{
    /// <summary>What the image was built on, for whoever does not read the rest; null where that is not known, or nobody has looked.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>Tells these bytes from others: the beginning of their SHA-256.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Packed).AsSpan(0, 16));

    /// <summary>Bytes of the JSON: the last field of the member (RFC 1952, 2.3.1).</summary>
    public long PlainLength { get; } = BinaryPrimitives.ReadUInt32LittleEndian(Packed.AsSpan(Packed.Length - 4));

    public static byte[] Pack(ImageReport report)
    {
        using var packed = new MemoryStream();
        using (var compressor = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            JsonFormat.Write(report, compressor);
        return packed.ToArray();
    }

    public Stream Open() => new GZipStream(new MemoryStream(Packed, writable: false), CompressionMode.Decompress);

    public ImageReport Read()
    {
        using var plain = Open();
        return JsonFormat.ReadImage(plain);
    }
}
