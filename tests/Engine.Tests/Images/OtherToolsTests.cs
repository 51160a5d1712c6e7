using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Images;

/// <summary>The sample as other tools write it down: whatever the shape and the compression, it is the same image.</summary>
[Trait("Category", "Slow")]
public sealed class OtherToolsTests
{
    static async Task<ImageReport> Copied(TemporaryFolder folder, string destination, params string[] options)
    {
        Tool.SkipWithout("skopeo");
        await Tool.Run("skopeo", ["copy", "--insecure-policy", .. options, $"docker-archive:{Repository.At("samples/webapp.tar")}", destination.Replace("FOLDER", folder.Root)]);
        var path = Path.Combine(folder.Root, "copy");
        return Assert.Single((await TestImage.Inspect(new ImageSource.File(path))).Report.Images);
    }

    [Theory]
    [InlineData("oci:FOLDER/copy:1")]
    [InlineData("oci:FOLDER/copy:1", "--dest-compress-format", "zstd")]
    [InlineData("oci-archive:FOLDER/copy:1")]
    [InlineData("oci-archive:FOLDER/copy:1", "--dest-compress-format", "zstd")]
    [InlineData("docker-archive:FOLDER/copy:webapp:1.4.2")]
    public async Task What_skopeo_writes_is_the_same_image(string destination, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var copy = await Copied(folder, destination, options);
        var sample = Assert.Single((await TestImage.Inspect(new ImageSource.File(Repository.At("samples/webapp.tar")))).Report.Images);
        Assert.Equal(sample.Layers.Select(layer => (layer.DiffId, layer.Size, layer.Files, layer.Reclaimable)), copy.Layers.Select(layer => (layer.DiffId, layer.Size, layer.Files, layer.Reclaimable)));
        Assert.Equal(sample.Waste.Files, copy.Waste.Files);
        Assert.Equal(sample.Packages.Select(package => package.Purl), copy.Packages.Select(package => package.Purl));
        Assert.Equal(sample.Findings.Select(finding => (finding.Check, finding.Path)), copy.Findings.Select(finding => (finding.Check, finding.Path)));
    }
}
