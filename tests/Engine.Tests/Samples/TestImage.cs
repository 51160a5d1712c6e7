using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>An image written down in code, and the shapes that tools save images in.</summary>
internal sealed class TestImage(params byte[][] layers)
{
    public string Name { get; init; } = "shop/web:1.0";

    public string Architecture { get; init; } = "amd64";

    public string Created { get; init; } = "2026-01-02T03:04:05Z";

    public Packing Packed { get; init; }

    public JsonObject Config { get; init; } = [];

    /// <summary>Of the manifest.</summary>
    public JsonObject? Annotations { get; init; }

    public IReadOnlyList<byte[]> Layers => layers;

    public IReadOnlyList<byte[]> Stored => [.. layers.Select(layer => Pack(layer, Packed))];

    public byte[] ConfigBytes => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["architecture"] = Architecture,
        ["os"] = "linux",
        ["created"] = Created,
        ["config"] = Config.DeepClone(),
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. layers.Select(layer => (JsonNode)Digest.Of(layer).Value)]) },
        ["history"] = new JsonArray([.. layers.Select((_, i) => (JsonNode)new JsonObject { ["created_by"] = $"RUN step {i} # buildkit" })]),
    }.ToJsonString());

    public byte[] ManifestBytes
    {
        get
        {
            var manifest = new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
                ["config"] = Pointer("application/vnd.oci.image.config.v1+json", ConfigBytes),
                ["layers"] = new JsonArray([.. Stored.Select(layer => (JsonNode)Pointer("application/vnd.oci.image.layer.v1.tar" + Suffix, layer))]),
            };
            if (Annotations is not null)
                manifest["annotations"] = Annotations.DeepClone();
            return Encoding.UTF8.GetBytes(manifest.ToJsonString());
        }
    }

    public Digest ManifestDigest => Digest.Of(ManifestBytes);

    string Suffix => Packed switch { Packing.Gzip => "+gzip", Packing.Zstd => "+zstd", _ => "" };

    /// <summary><c>docker save</c> before version 25: a folder for each layer; a layer that comes again is a link to the first.</summary>
    public Dictionary<string, byte[]> Classic()
    {
        var files = new Dictionary<string, byte[]> { [ConfigName] = ConfigBytes };
        for (var i = 0; i < layers.Length; i++)
            files[$"{i:x64}/layer.tar"] = Stored[i];
        files["manifest.json"] = ArchiveManifest("Config", "RepoTags", "Layers", ConfigName, Enumerable.Range(0, layers.Length).Select(i => $"{i:x64}/layer.tar"));
        return files;
    }

    /// <summary>Kaniko: the config under its digest without an extension, gzip layers beside it.</summary>
    public Dictionary<string, byte[]> Kaniko()
    {
        var names = Stored.Select(layer => $"{Digest.Of(layer).Hex}.tar.gz").ToList();
        var files = names.Zip(Stored).ToDictionary(pair => pair.First, pair => pair.Second);
        files[Digest.Of(ConfigBytes).Value] = ConfigBytes;
        files["manifest.json"] = ArchiveManifest("Config", "RepoTags", "Layers", Digest.Of(ConfigBytes).Value, names);
        return files;
    }

    /// <summary>Jib: lower-case keys and a config of that very name.</summary>
    public Dictionary<string, byte[]> Jib()
    {
        var names = Stored.Select((_, i) => $"layer{i}.tar.gz").ToList();
        var files = names.Zip(Stored).ToDictionary(pair => pair.First, pair => pair.Second);
        files["config.json"] = ConfigBytes;
        files["manifest.json"] = ArchiveManifest("config", "repoTags", "layers", "config.json", names);
        return files;
    }

    /// <summary><c>docker save</c> since version 25: an OCI layout that also has a <c>manifest.json</c>.</summary>
    public Dictionary<string, byte[]> BuildKit()
    {
        var files = Layout();
        files["manifest.json"] = ArchiveManifest("Config", "RepoTags", "Layers", BlobName(ConfigBytes), Stored.Select(BlobName));
        return files;
    }

    public Dictionary<string, byte[]> Layout() => LayoutOf(Index(this), this);

    /// <summary>A layout whose index is nested in another, as multi-platform images are.</summary>
    public static Dictionary<string, byte[]> MultiPlatform(params TestImage[] images)
    {
        var index = Index(images);
        var outer = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(Pointer("application/vnd.oci.image.index.v1+json", index, images[0].Name)) };
        var files = LayoutOf(Encoding.UTF8.GetBytes(outer.ToJsonString()), images);
        files[BlobName(index)] = index;
        return files;
    }

    public static Dictionary<string, byte[]> LayoutOf(byte[] index, params TestImage[] images)
    {
        var files = new Dictionary<string, byte[]> { ["oci-layout"] = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray(), ["index.json"] = index };
        foreach (var blob in images.SelectMany(image => image.Stored.Append(image.ConfigBytes).Append(image.ManifestBytes)))
            files[BlobName(blob)] = blob;
        return files;
    }

    public static byte[] Index(params TestImage[] images) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = "application/vnd.oci.image.index.v1+json",
        ["manifests"] = new JsonArray([.. images.Select(image => (JsonNode)Pointer(
            "application/vnd.oci.image.manifest.v1+json", image.ManifestBytes, image.Name, image.Architecture))]),
    }.ToJsonString());

    public static JsonObject Pointer(string type, byte[] content, string? name = null, string? architecture = null)
    {
        var pointer = new JsonObject { ["mediaType"] = type, ["digest"] = Digest.Of(content).Value, ["size"] = content.Length };
        if (name is not null)
            pointer["annotations"] = new JsonObject { ["io.containerd.image.name"] = name };
        if (architecture is not null)
            pointer["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = architecture };
        return pointer;
    }

    public static string BlobName(byte[] content) => $"blobs/sha256/{Digest.Of(content).Hex}";

    public static byte[] Tar(IReadOnlyDictionary<string, byte[]> files)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, content) in files)
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch });
        return bytes.ToArray();
    }

    public static byte[] Pack(byte[] content, Packing packing)
    {
        var packed = new MemoryStream();
        using (Stream stream = packing switch
        {
            Packing.Gzip => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            Packing.Zstd => new ZstdSharp.CompressionStream(packed, 3, leaveOpen: true),
            _ => new BufferedStream(packed),
        })
        {
            stream.Write(content);
            stream.Flush();
        }
        return packed.ToArray();
    }

    /// <summary>Inspects an archive of these bytes from a file.</summary>
    public static async Task<Inspection> Inspect(byte[] archive, string? platform = null, string? image = null, Engine.Archives.Limits? limits = null)
    {
        using var folder = new TemporaryFolder();
        return await Inspect(new ImageSource.File(folder.Write("image.tar", archive)), platform, image, limits);
    }

    public static Task<Inspection> Inspect(ImageSource source, string? platform = null, string? image = null, Engine.Archives.Limits? limits = null) =>
        new Inspector(limits ?? Engine.Archives.Limits.Default).Inspect(
            new InspectionRequest(source, platform is null ? null : Platform.Parse(platform), image), null, TestContext.Current.CancellationToken);

    string ConfigName => Digest.Of(ConfigBytes).Hex + ".json";

    byte[] ArchiveManifest(string config, string tags, string layersKey, string configName, IEnumerable<string> layerNames) => Encoding.UTF8.GetBytes(
        new JsonArray(new JsonObject
        {
            [config] = configName,
            [tags] = new JsonArray(Name),
            [layersKey] = new JsonArray([.. layerNames.Select(name => (JsonNode)name)]),
        }).ToJsonString());
}

/// <summary>How the layers of a test image are compressed.</summary>
public enum Packing { None, Gzip, Zstd }
