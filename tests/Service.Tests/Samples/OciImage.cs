using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>An image of small layers in the shape that registries keep.</summary>
internal sealed record OciImage(byte[] Manifest, byte[] Config, IReadOnlyList<byte[]> Layers)
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";

    public string Digest => DigestOf(Manifest);

    public IEnumerable<byte[]> Blobs => Layers.Append(Config);

    /// <param name="layers">The files of each, from the lowest up.</param>
    public static OciImage Of(string architecture, params (string Name, string Content)[][] layers)
    {
        var plain = layers.Select(files => TinyImage.Tar([.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Content)))])).ToList();
        var packed = plain.Select(Gzip).ToList();
        var diffIds = string.Join(',', plain.Select(layer => $"\"{DigestOf(layer)}\""));
        var history = string.Join(',', plain.Select((_, i) => $$"""{"created_by":"COPY part {{i}} /"}"""));
        var config = Encoding.UTF8.GetBytes($$$"""{"architecture":"{{{architecture}}}","os":"linux","config":{"User":"1000"},"rootfs":{"type":"layers","diff_ids":[{{{diffIds}}}]},"history":[{{{history}}}]}""");
        var pointers = string.Join(',', packed.Select(layer => Pointer("application/vnd.oci.image.layer.v1.tar+gzip", layer)));
        var manifest = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{ManifestType}}","config":{{Pointer("application/vnd.oci.image.config.v1+json", config)}},"layers":[{{pointers}}]}""");
        return new OciImage(manifest, config, packed);
    }

    /// <summary>An image of one layer, different for each number.</summary>
    public static OciImage Number(int number, string architecture = "amd64") => Of(architecture, [("app/data", $"this is {number}")]);

    /// <summary>An index of one image for each architecture.</summary>
    public static byte[] Index(params (string Architecture, OciImage Image)[] images) => Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{IndexType}}","manifests":[{{string.Join(',', images.Select(one => Pointer(ManifestType, one.Image.Manifest, one.Architecture)))}}]}""");

    public static string DigestOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    static string Pointer(string type, byte[] content, string? architecture = null) =>
        $$"""{"mediaType":"{{type}}","digest":"{{DigestOf(content)}}","size":{{content.Length}}{{(architecture is null ? "" : $$""","platform":{"os":"linux","architecture":"{{architecture}}"}""")}}}""";

    static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return packed.ToArray();
    }
}
