using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>An image of one layer with one file, in the shape of docker save.</summary>
internal static class TinyImage
{
    /// <param name="number">Makes it different from all others.</param>
    /// <param name="bytes">Of its file.</param>
    /// <param name="user">In its configuration alone: images that differ in it share their layer.</param>
    public static byte[] Archive(int number, int bytes = 100, string user = "1000")
    {
        var content = new byte[bytes];
        content.AsSpan().Fill((byte)number);
        Encoding.ASCII.GetBytes($"{number}").CopyTo(content, 0);
        return Of("app/data", content, number, user);
    }

    /// <summary>An image with one file.</summary>
    public static byte[] Of(string path, byte[] content, int number = 0, string user = "1000") => Stacked($"tiny/image:{number}", user, Tar((path, content)));

    /// <summary>An image of these layers, the lowest first.</summary>
    public static byte[] Stacked(string name, string user, params byte[][] layers)
    {
        var diffIds = layers.Select(layer => Convert.ToHexStringLower(SHA256.HashData(layer))).ToList();
        var config = Encoding.UTF8.GetBytes($$"""{"architecture":"amd64","os":"linux","config":{"User":"{{user}}"},"rootfs":{"type":"layers","diff_ids":[{{string.Join(',', diffIds.Select(id => $"\"sha256:{id}\""))}}]},"history":[{{string.Join(',', diffIds.Select(_ => """{"created_by":"COPY . /app"}"""))}}]}""");
        var id = Convert.ToHexStringLower(SHA256.HashData(config));
        var names = layers.Select((_, i) => $"layer{i}.tar").ToList();
        var manifest = Encoding.UTF8.GetBytes($$"""[{"Config":"{{id}}.json","RepoTags":["{{name}}"],"Layers":[{{string.Join(',', names.Select(layer => $"\"{layer}\""))}}]}]""");
        return Tar([("manifest.json", manifest), ($"{id}.json", config), .. names.Zip(layers)]);
    }

    public static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, content) in files)
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch });
        return bytes.ToArray();
    }
}
