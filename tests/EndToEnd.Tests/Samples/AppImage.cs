using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>A web app in one layer: busybox as httpd, which answers <c>/health</c> on port 8000 as user 1000. Never the same digest twice.</summary>
internal sealed record AppImage
{
    static readonly DateTimeOffset s_made = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Seconds until it listens.</summary>
    public int StartsAfter { get; init; }

    /// <summary>It ends at once, with exit code 1.</summary>
    public bool Crashes { get; init; }

    /// <summary>Bytes that a build left in it.</summary>
    public int Leftovers { get; init; }

    /// <returns>Its digest in the registry.</returns>
    public async Task<string> Push(string reference)
    {
        using var folder = new TemporaryFolder();
        var layer = Blob(folder, await Layer());
        var config = Blob(folder, Encoding.UTF8.GetBytes(Config($"sha256:{layer.Hex}").ToJsonString()));
        var manifest = Blob(folder, Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2, ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", config), ["layers"] = new JsonArray(Descriptor("application/vnd.oci.image.layer.v1.tar", layer)),
        }.ToJsonString()));
        folder.Write("layout/oci-layout", """{"imageLayoutVersion":"1.0.0"}""");
        folder.Write("layout/index.json", new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(Descriptor("application/vnd.oci.image.manifest.v1+json", manifest)) }.ToJsonString());
        _ = (await Command.Run("skopeo", ["copy", "--quiet", "--preserve-digests", "--dest-tls-verify=false", $"oci:{folder.At("layout")}", $"docker://{reference}"])).Text;
        return $"sha256:{manifest.Hex}";
    }

    JsonObject Config(string diffId) => new()
    {
        ["architecture"] = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64",
        ["os"] = "linux", ["created"] = "2026-01-01T00:00:00Z",
        ["config"] = new JsonObject { ["User"] = "1000:1000", ["Entrypoint"] = new JsonArray("/bin/busybox", "sh", "-c", Script), ["ExposedPorts"] = new JsonObject { ["8000/tcp"] = new JsonObject() } },
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(diffId) },
        ["history"] = new JsonArray(new JsonObject { ["created_by"] = "COPY app / # buildkit" }),
    };

    string Script => Crashes ? "echo 'no database: giving up' >&2; exit 1" : $"{(StartsAfter > 0 ? $"/bin/busybox sleep {StartsAfter.ToString(CultureInfo.InvariantCulture)}; " : "")}exec /bin/busybox httpd -f -p 8000 -h /app";

    async Task<byte[]> Layer()
    {
        using var bytes = new MemoryStream();
        await using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            await Add(tar, "bin/busybox", await File.ReadAllBytesAsync(Tool.PathOf("busybox")!), UnixFileMode.OtherExecute | UnixFileMode.GroupExecute | UnixFileMode.UserExecute);
            await Add(tar, "etc/passwd", Encoding.UTF8.GetBytes("root:x:0:0:root:/:/bin/false\napp:x:1000:1000:app:/app:/bin/false\n"));
            await Add(tar, "app/health", Encoding.UTF8.GetBytes("ok\n"));
            await Add(tar, "app/build", Guid.NewGuid().ToByteArray());
            if (Leftovers > 0)
                await Add(tar, "app/core.1", new byte[Leftovers]);
        }
        return bytes.ToArray();
    }

    static Task Add(TarWriter tar, string path, byte[] content, UnixFileMode more = UnixFileMode.None) => tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path)
    {
        Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | more, ModificationTime = s_made, DataStream = new MemoryStream(content),
    });

    static (string Hex, long Size) Blob(TemporaryFolder folder, byte[] content)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(content));
        folder.Write($"layout/blobs/sha256/{hex}", content);
        return (hex, content.Length);
    }

    static JsonObject Descriptor(string mediaType, (string Hex, long Size) blob) => new() { ["mediaType"] = mediaType, ["digest"] = $"sha256:{blob.Hex}", ["size"] = blob.Size };
}
