using System.Text.Encodings.Web;
using System.Text.Json;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>The documents around blobs, the same bytes for the same image (OCI image specification, manifest.md, image-index.md and image-layout.md).</summary>
internal static class ManifestDocuments
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    const string IndexType = "application/vnd.oci.image.index.v1+json";
    const string ConfigType = "application/vnd.oci.image.config.v1+json";
    const string LayerType = "application/vnd.oci.image.layer.v1.tar";

    // No page of HTML takes them in: the + of a media type stands as everybody writes it.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlySpan<byte> Layout => """{"imageLayoutVersion":"1.0.0"}"""u8;

    public static byte[] Manifest(Digest config, int configBytes, IReadOnlyList<WrittenLayer> layers, IReadOnlyDictionary<string, string>? annotations) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", ManifestType);
        json.WritePropertyName("config");
        Descriptor(json, ConfigType, config, configBytes);
        json.WriteEndObject();
        json.WriteStartArray("layers");
        foreach (var layer in layers)
        {
            Descriptor(json, TypeOf(layer.Compression), layer.Digest, layer.Size);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (annotations is { Count: > 0 })
            Annotations(json, annotations.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
        json.WriteEndObject();
    });

    /// <summary>One pointer for each name: readers look for one in an annotation, which holds one. Docker and containerd want the whole name, others the tag.</summary>
    public static byte[] Index(Digest manifest, int manifestBytes, Platform platform, IReadOnlyList<ImageName> names) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", IndexType);
        json.WriteStartArray("manifests");
        foreach (var name in names.DefaultIfEmpty())
        {
            Descriptor(json, ManifestType, manifest, manifestBytes);
            if (name is not null)
                Annotations(json, [("io.containerd.image.name", name.ToString()), ("org.opencontainers.image.ref.name", name.Tag!)]);
            Write(json, platform);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>What docker reads: paths inside the archive (moby/image/spec v1.2).</summary>
    public static byte[] ArchiveManifest(Digest config, IReadOnlyList<WrittenLayer> layers, IReadOnlyList<ImageName> names) => Json(json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("Config", PathOf(config));
        json.WriteStartArray("RepoTags");
        foreach (var name in names)
            json.WriteStringValue(name.Familiar());
        json.WriteEndArray();
        json.WriteStartArray("Layers");
        foreach (var layer in layers)
            json.WriteStringValue(PathOf(layer.Digest));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    public static string PathOf(Digest digest) => $"blobs/{digest.Algorithm}/{digest.Hex}";

    static string TypeOf(Compression compression) => compression switch
    {
        Compression.Gzip => LayerType + "+gzip",
        Compression.Zstd => LayerType + "+zstd",
        _ => LayerType,
    };

    // The caller adds what else it has to say, and ends it.
    static void Descriptor(Utf8JsonWriter json, string type, Digest digest, long size)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", type);
        json.WriteString("digest", digest.Value);
        json.WriteNumber("size", size);
    }

    static void Annotations(Utf8JsonWriter json, IEnumerable<(string Key, string Value)> annotations)
    {
        json.WriteStartObject("annotations");
        foreach (var (key, value) in annotations)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Platform platform)
    {
        json.WriteStartObject("platform");
        json.WriteString("architecture", platform.Architecture);
        json.WriteString("os", platform.Os);
        if (platform.Variant is { } variant)
            json.WriteString("variant", variant);
        json.WriteEndObject();
    }

    static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
            write(json);
        return bytes.ToArray();
    }
}
