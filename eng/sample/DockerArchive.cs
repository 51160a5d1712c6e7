using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sample;

/// <summary>Writes the image as `docker save` does since Docker 25: an OCI layout and a manifest.json that points into it.</summary>
internal static class DockerArchive
{
    const string LayerType = "application/vnd.oci.image.layer.v1.tar";
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Image image, string path)
    {
        var blobs = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        string Store(byte[] blob)
        {
            var hex = Convert.ToHexStringLower(SHA256.HashData(blob));
            blobs[hex] = blob;
            return hex;
        }

        JsonObject Describe(string type, string hex) => new() { ["mediaType"] = type, ["digest"] = "sha256:" + hex, ["size"] = blobs[hex].Length };

        var layers = image.Layers.Select(layer => Store(layer.Tar)).ToList();
        var config = Store(Bytes(Config(image)));
        var manifest = Store(Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["config"] = Describe("application/vnd.oci.image.config.v1+json", config),
            ["layers"] = new JsonArray([.. layers.Select(hex => Describe(LayerType, hex))]),
        }));

        var entry = Describe("application/vnd.oci.image.manifest.v1+json", manifest);
        entry["annotations"] = new JsonObject
        {
            ["io.containerd.image.name"] = $"docker.io/library/{image.Name}:{image.Tag}",
            ["org.opencontainers.image.ref.name"] = image.Tag,
        };
        var index = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = "application/vnd.oci.image.index.v1+json", ["manifests"] = new JsonArray(entry) };
        var docker = new JsonArray(new JsonObject
        {
            ["Config"] = "blobs/sha256/" + config,
            ["RepoTags"] = new JsonArray($"{image.Name}:{image.Tag}"),
            ["Layers"] = new JsonArray([.. layers.Select(hex => JsonValue.Create("blobs/sha256/" + hex))]),
            ["LayerSources"] = new JsonObject(layers.Select(hex => KeyValuePair.Create("sha256:" + hex, (JsonNode?)Describe(LayerType, hex)))),
        });
        var repositories = new JsonObject { [image.Name] = new JsonObject { [image.Tag] = layers[^1] } };

        List<Entry> entries = [Folder("blobs"), Folder("blobs/sha256")];
        entries.AddRange(blobs.Select(blob => File("blobs/sha256/" + blob.Key, blob.Value)));
        entries.AddRange([File("index.json", Bytes(index)), File("manifest.json", Bytes(docker)), File("oci-layout", Content.Utf8("""{"imageLayoutVersion":"1.0.0"}""")), File("repositories", Bytes(repositories))]);
        System.IO.File.WriteAllBytes(path, Tarball.Of(entries, DateTimeOffset.UnixEpoch));
    }

    static Entry Folder(string path) => new(path, TarEntryType.Directory, 0b111_101_101, 0, 0, []);

    static Entry File(string path, byte[] data) => new(path, TarEntryType.RegularFile, 0b110_100_100, 0, 0, data);

    static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Plain);

    /// <summary>No User and no Healthcheck: both are faults of the image.</summary>
    static JsonObject Config(Image image) => new()
    {
        ["architecture"] = "amd64",
        ["config"] = new JsonObject
        {
            ["ExposedPorts"] = new JsonObject { [image.Port] = new JsonObject() },
            ["Env"] = new JsonArray([.. image.Env.Select(e => JsonValue.Create(e))]),
            ["Cmd"] = new JsonArray([.. image.Cmd.Select(c => JsonValue.Create(c))]),
            ["WorkingDir"] = image.WorkingDir,
        },
        ["created"] = Time(image.Created),
        ["history"] = new JsonArray([.. image.History.Select(Line)]),
        ["os"] = "linux",
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. image.Layers.Select(l => JsonValue.Create("sha256:" + l.Digest))]) },
    };

    static JsonObject Line(History history)
    {
        var line = new JsonObject { ["created"] = Time(history.Created), ["created_by"] = history.CreatedBy, ["comment"] = history.Comment };
        if (history.Layer is null)
            line["empty_layer"] = true;
        return line;
    }

    static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
