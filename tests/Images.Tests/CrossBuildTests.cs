using System.Formats.Tar;
using System.Security.Cryptography;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>An image for another processor, built here. It is looked into and not run: that would take the processor, or its emulation.</summary>
[Trait("Category", "Slow")]
public sealed class CrossBuildTests(BuiltImages images)
{
    /// <summary>e_machine of a file in the Executable and Linking Format: AArch64.</summary>
    const ushort AArch64 = 183;

    const string Tag = "test-arm64", Base = "plimsoll-test/aspnet-arm64:none";

    [Fact]
    public async Task An_image_for_arm64_takes_no_emulation()
    {
        _ = images.Api;
        using var folder = new TemporaryFolder();
        _ = (await Docker.Run("load", "--input", Empty(folder))).Text;
        try
        {
            await BuiltImages.Build(Tag, ("PLATFORM", "linux/arm64"), ("RUNTIME_IMAGE", Base));
            foreach (var program in (string[])["api", "worker"])
            {
                var image = $"plimsoll/{program}:{Tag}";
                Assert.Equal("arm64", (await Docker.Inspect(image)).GetProperty("Architecture").GetString());
                var container = (await Docker.Run("create", "--platform", "linux/arm64", image)).Text.Split('\n')[^1];
                _ = (await Docker.Run("cp", $"{container}:/app", folder.At(program))).Text;
                _ = (await Docker.Run("rm", container)).Text;
                var native = Directory.EnumerateFiles(folder.At(program), "*", SearchOption.AllDirectories).Select(path => (path, Head: Head(path))).Where(file => file.Head is [0x7f, (byte)'E', (byte)'L', (byte)'F', ..]).ToList();
                Assert.NotEmpty(native);
                Assert.All(native, file => Assert.Equal(AArch64, BitConverter.ToUInt16(file.Head, 18)));
            }
        }
        finally
        {
            await Docker.Run("image", "rm", "--force", Base, $"plimsoll/api:{Tag}", $"plimsoll/worker:{Tag}", $"plimsoll/operator:{Tag}");
        }
    }

    /// <summary>An image for arm64 that holds no file. Only COPY touches the final stage, so it will do as a base.</summary>
    static string Empty(TemporaryFolder folder)
    {
        // Two blocks of zeros end an archive (POSIX.1, ustar).
        var layer = new byte[1024];
        folder.Write("base/layer.tar", layer);
        folder.Write("base/config.json", $$$"""{"architecture":"arm64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:{{{Convert.ToHexStringLower(SHA256.HashData(layer))}}}"]}}""");
        folder.Write("base/manifest.json", $$"""[{"Config":"config.json","RepoTags":["{{Base}}"],"Layers":["layer.tar"]}]""");
        TarFile.CreateFromDirectory(folder.At("base"), folder.At("base.tar"), includeBaseDirectory: false);
        return folder.At("base.tar");
    }

    static byte[] Head(string path)
    {
        var head = new byte[20];
        using var file = File.OpenRead(path);
        return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }
}
