using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.Cli.Tests.Samples;

/// <summary>A docker archive written down in code: images of layers of files.</summary>
internal static class Archive
{
    /// <summary>One image of these layers, with a user and a health check.</summary>
    public static byte[] Of(params byte[][] layers) => Of(new Image("shop/web:1.0", layers));

    public static byte[] Of(params Image[] images)
    {
        var members = new Dictionary<string, byte[]>();
        var manifest = new JsonArray();
        foreach (var image in images)
        {
            var config = image.ConfigBytes;
            members[$"{Hex(config)}.json"] = config;
            foreach (var layer in image.Layers)
                members[$"{Hex(layer)}/layer.tar"] = layer;
            manifest.Add(new JsonObject
            {
                ["Config"] = $"{Hex(config)}.json",
                ["RepoTags"] = new JsonArray(image.Name),
                ["Layers"] = new JsonArray([.. image.Layers.Select(layer => (JsonNode)$"{Hex(layer)}/layer.tar")]),
            });
        }
        members["manifest.json"] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        return Tar(members.Select(member => new PaxTarEntry(TarEntryType.RegularFile, member.Key) { DataStream = new MemoryStream(member.Value) }));
    }

    /// <summary>A layer of files. A name that ends with a slash is a directory.</summary>
    public static byte[] Layer(params (string Path, string Content)[] files) => Tar(files.Select(file => file.Path.EndsWith('/')
        ? new PaxTarEntry(TarEntryType.Directory, file.Path) { Mode = (UnixFileMode)0x1ED }
        : new PaxTarEntry(TarEntryType.RegularFile, file.Path)
        {
            Mode = (UnixFileMode)0x1A4, DataStream = new MemoryStream(Encoding.UTF8.GetBytes(file.Content)),
        }));

    public static byte[] Tar(IEnumerable<TarEntry> entries)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var entry in entries)
            {
                entry.ModificationTime = DateTimeOffset.UnixEpoch.AddYears(56);
                tar.WriteEntry(entry);
            }
        return bytes.ToArray();
    }

    public static string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}

/// <param name="Name">Its reference in the archive.</param>
internal sealed record Image(string Name, params byte[][] Layers)
{
    public JsonObject Config { get; init; } = new()
    {
        ["User"] = "10001",
        ["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("CMD", "/app/web", "health") },
    };

    public string Architecture { get; init; } = "amd64";

    public IReadOnlyList<string> Commands { get; init; } = [];

    string CommandOf(int layer) => Commands.ElementAtOrDefault(layer) ?? $"RUN step {layer} # buildkit";

    public byte[] ConfigBytes => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["architecture"] = Architecture,
        ["os"] = "linux",
        ["config"] = Config.DeepClone(),
        ["rootfs"] = new JsonObject
        {
            ["type"] = "layers", ["diff_ids"] = new JsonArray([.. Layers.Select(layer => (JsonNode)$"sha256:{Archive.Hex(layer)}")]),
        },
        ["history"] = new JsonArray([.. Layers.Select((_, i) => (JsonNode)new JsonObject { ["created_by"] = CommandOf(i) })]),
    }.ToJsonString());
}
