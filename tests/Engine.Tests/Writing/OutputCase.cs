using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Registry;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>An image that tests write, and how they do it.</summary>
internal static class OutputCase
{
    public static readonly TestImage Image = new(
        new TestLayer().Directory("etc").File("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n").File("bin/app", RegistryCase.Noise(2_500_000)).Tar(),
        new TestLayer().File("bin/tool", 40_000).Tar(),
        new TestLayer().File("bin/app", 50_000, (byte)'y').Delete("bin/tool").Tar());

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<IImageOutput> Open(ImageTarget target, RegistryOptions? options = null) => ImageOutputs.Open(target, options ?? new RegistryOptions(), Limits.Default, Ct);

    /// <summary>The target of a kind below a folder.</summary>
    public static ImageTarget Target(string kind, TemporaryFolder folder) => kind switch
    {
        "docker" => new ImageTarget.DockerArchive(folder.At("out.tar")),
        "oci" => new ImageTarget.OciArchive(folder.At("out.oci")),
        _ => new ImageTarget.OciLayout(folder.At("out")),
    };

    public static async Task<WrittenImage> Write(ImageTarget target, LayerEncoding? encoding = null, RegistryOptions? options = null, params string[] names)
    {
        await using var output = await Open(target, options);
        return await Write(output, Image, encoding, names);
    }

    public static async Task<WrittenImage> Write(IImageOutput output, TestImage image, LayerEncoding? encoding, params string[] names)
    {
        var layers = new List<WrittenLayer>();
        foreach (var layer in image.Layers)
            layers.Add(await output.Write(encoding ?? new LayerEncoding(output.DefaultCompression, null), InPieces(layer), Ct));
        return await output.Commit(image.ConfigBytes, layers, Described(names), Ct);
    }

    public static ImageDescription Described(params string[] names) => new(names, new Dictionary<string, string> { ["org.example.b"] = "2", ["org.example.a"] = "1" }, Platform.Parse("linux/amd64"));

    /// <summary>As a writer of tars would: headers and contents, of any length.</summary>
    public static Func<Stream, CancellationToken, Task> InPieces(byte[] tar) => async (stream, ct) =>
    {
        var dice = new Dice((ulong)tar.Length);
        for (var at = 0; at < tar.Length;)
        {
            var length = Math.Min(1 + dice.Roll(100_000), tar.Length - at);
            await stream.WriteAsync(tar.AsMemory(at, length), ct);
            at += length;
        }
    };

    public static LayerBlob Blob(byte[] stored, byte[] tar, Digest? digest = null) =>
        new(digest ?? Digest.Of(stored), Digest.Of(tar), stored.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(stored)));

    /// <summary>That what was written is the image, by the product's own reader.</summary>
    public static async Task IsTheImage(ImageSource source, Compression compression, WrittenImage written, RegistryOptions? options = null)
    {
        var report = (await new Inspector(Limits.Default, options).Inspect(new InspectionRequest(source), null, Ct)).Report;
        Assert.Empty(report.Failures);
        var image = Assert.Single(report.Images);
        Assert.Equal(Image.Layers.Select(layer => Digest.Of(layer)), image.Layers.Select(layer => layer.DiffId));
        Assert.Equal((written.Manifest, Digest.Of(Image.ConfigBytes)), (image.Image.ManifestDigest, image.Image.ConfigDigest));
        Assert.Equal(compression == Compression.None, image.Layers[0].DiffId == image.Layers[0].Digest);
        Assert.Equal(2_540_000, image.Waste.ReclaimableBytes);
    }

    public static byte[] Bytes(string file) => File.ReadAllBytes(file);
}
