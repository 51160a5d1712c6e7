using System.Text.Json.Nodes;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Writing.OutputCase;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>What is written is read by another tool, in every way that it can be.</summary>
[Trait("Category", "Slow")]
public sealed class SkopeoTests
{
    [Theory]
    [InlineData("docker", "docker-archive:FOLDER/out.tar", "None")]
    [InlineData("docker", "docker-archive:FOLDER/out.tar", "Gzip")]
    [InlineData("docker", "docker-archive:FOLDER/out.tar", "Zstd")]
    [InlineData("docker", "oci-archive:FOLDER/out.tar:1", "Gzip")]
    [InlineData("oci", "oci-archive:FOLDER/out.oci", "Gzip")]
    [InlineData("oci", "oci-archive:FOLDER/out.oci:1", "Zstd")]
    [InlineData("oci", "oci-archive:FOLDER/out.oci", "None")]
    [InlineData("layout", "oci:FOLDER/out", "Gzip")]
    [InlineData("layout", "oci:FOLDER/out:1", "Zstd")]
    [InlineData("layout", "oci:FOLDER/out", "None")]
    public async Task It_is_inspected_and_copied(string kind, string name, string compression)
    {
        Tool.SkipWithout("skopeo");
        using var folder = new TemporaryFolder();
        await Write(Target(kind, folder), new LayerEncoding(Enum.Parse<Compression>(compression), null), names: "shop/web:1");
        name = name.Replace("FOLDER", folder.Root, StringComparison.Ordinal);
        var config = JsonNode.Parse(await Tool.Run("skopeo", ["inspect", "--config", name]))!;
        Assert.Equal(Image.Layers.Select(layer => Digest.Of(layer).Value), config["rootfs"]!["diff_ids"]!.AsArray().Select(digest => digest!.GetValue<string>()));
        await Tool.Run("skopeo", ["copy", "--insecure-policy", name, $"oci:{folder.At("copy")}:1"]);
        var copy = Assert.Single((await TestImage.Inspect(new ImageSource.File(folder.At("copy")))).Report.Images);
        Assert.Equal(Image.Layers.Select(layer => Digest.Of(layer)), copy.Layers.Select(layer => layer.DiffId));
    }
}
