using System.Text.Json.Nodes;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Writing.OutputCase;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>Archives and layouts hold the image that was written, the same bytes each time.</summary>
public sealed class LayoutOutputTests
{
    public static TheoryData<string, string> Outputs => new(
        from kind in new[] { "docker", "oci", "layout" }
        from compression in Enum.GetNames<Compression>()
        select (kind, compression));

    [Theory, MemberData(nameof(Outputs))]
    public async Task What_is_written_is_read_as_the_same_image(string kind, string compression)
    {
        using var folder = new TemporaryFolder();
        var target = Target(kind, folder);
        var written = await Write(target, new LayerEncoding(Enum.Parse<Compression>(compression), null), names: "shop/web:1");
        await IsTheImage(new ImageSource.File(target.ToString()), Enum.Parse<Compression>(compression), written);
    }

    [Theory, MemberData(nameof(Outputs))]
    public async Task The_same_image_is_the_same_bytes(string kind, string compression)
    {
        using var once = new TemporaryFolder();
        using var twice = new TemporaryFolder();
        foreach (var folder in new[] { once, twice })
            await Write(Target(kind, folder), new LayerEncoding(Enum.Parse<Compression>(compression), null), names: "shop/web:1");
        string[] Files(TemporaryFolder folder) => [.. Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Assert.Equal(Files(once).Select(file => Path.GetRelativePath(once.Root, file)), Files(twice).Select(file => Path.GetRelativePath(twice.Root, file)));
        Assert.All(Files(once).Zip(Files(twice)), pair => Assert.Equal(Digest.Of(Bytes(pair.First)), Digest.Of(Bytes(pair.Second))));
    }

    [Fact]
    public async Task Standard_output_gets_the_bytes_of_the_file()
    {
        using var folder = new TemporaryFolder();
        var bytes = new MemoryStream();
        await Write(new ImageTarget.Stream(bytes), names: "shop/web:1");
        await Write(Target("docker", folder), names: "shop/web:1");
        Assert.Equal(Digest.Of(Bytes(folder.At("out.tar"))), Digest.Of(bytes.ToArray()));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("oci")]
    [InlineData("layout")]
    public async Task Layers_are_copied_as_they_are_stored(string kind)
    {
        using var folder = new TemporaryFolder();
        var target = Target(kind, folder);
        await using (var output = await Open(target))
        {
            var layers = new List<WrittenLayer>();
            foreach (var (layer, packing) in Image.Layers.Zip(Enum.GetValues<Packing>()))
                layers.Add(await output.Copy(Blob(TestImage.Pack(layer, packing), layer), null, Ct));
            Assert.Equal(Enum.GetValues<Compression>(), layers.Select(layer => layer.Compression));
            Assert.Equal(Image.Layers.Zip(Enum.GetValues<Packing>()).Select(pair => Digest.Of(TestImage.Pack(pair.First, pair.Second))), layers.Select(layer => layer.Digest));
            await IsTheImage(new ImageSource.File(target.ToString()), Compression.None, await Committed(output, layers));
        }
    }

    [Fact]
    public async Task A_layer_that_comes_twice_is_written_once()
    {
        using var folder = new TemporaryFolder();
        var twice = new TestImage(Image.Layers[0], Image.Layers[1], Image.Layers[0]);
        await using (var output = await Open(Target("docker", folder)))
            await Write(output, twice, null);
        Assert.InRange(new FileInfo(folder.At("out.tar")).Length, Image.Layers[0].Length, Image.Layers[0].Length + Image.Layers[1].Length + 20_000);
        var report = (await TestImage.Inspect(new ImageSource.File(folder.At("out.tar")))).Report;
        Assert.Equal(3, Assert.Single(report.Images).Layers.Count);
    }

    [Fact]
    public async Task A_layer_with_a_longer_digest_is_verified_and_kept_by_its_sha256()
    {
        using var folder = new TemporaryFolder();
        await using var output = await Open(Target("docker", folder));
        var layer = Image.Layers[1];
        var sha512 = Digest.FromHash(System.Security.Cryptography.SHA512.HashData(layer));
        Assert.Equal(Digest.Of(layer), (await output.Copy(Blob(layer, layer, sha512), null, Ct)).Digest);
        var other = Digest.FromHash(System.Security.Cryptography.SHA512.HashData(Image.Layers[0]));
        await Assert.ThrowsAsync<UnreadableImageException>(() => output.Copy(Blob(layer, layer, other), null, Ct));
    }

    [Fact]
    public async Task Names_are_kept_where_engines_look_for_them_and_impossible_ones_are_not()
    {
        using var folder = new TemporaryFolder();
        await Write(Target("docker", folder), names: ["debian:12", "docker.io/library/debian:12", "r.example:5000/shop/web:1", "bad name:\u001b[31m", "../x:1", "a/b@sha256:" + new string('0', 64), ""]);
        var files = Entries(folder.At("out.tar"));
        Assert.Equal("""["debian:12","r.example:5000/shop/web:1"]""", JsonNode.Parse(files["manifest.json"])![0]!["RepoTags"]!.ToJsonString());
        var names = JsonNode.Parse(files["index.json"])!["manifests"]!.AsArray().Select(manifest => manifest!["annotations"]!["io.containerd.image.name"]!.GetValue<string>());
        Assert.Equal(["docker.io/library/debian:12", "r.example:5000/shop/web:1"], names);
    }

    [Fact]
    public async Task Media_types_stand_in_the_documents_as_everybody_writes_them()
    {
        using var folder = new TemporaryFolder();
        var written = await Write(Target("layout", folder), new LayerEncoding(Compression.Gzip, 1));
        Assert.Contains("\"application/vnd.oci.image.manifest.v1+json\"", await File.ReadAllTextAsync(folder.At("out/index.json"), Ct), StringComparison.Ordinal);
        var manifest = await File.ReadAllTextAsync(folder.At($"out/{ManifestDocuments.PathOf(written.Manifest)}"), Ct);
        Assert.Contains("\"application/vnd.oci.image.layer.v1.tar+gzip\"", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_without_a_name_is_one_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var written = await Write(Target("docker", folder), new LayerEncoding(Compression.Gzip, 1));
        await IsTheImage(new ImageSource.File(folder.At("out.tar")), Compression.Gzip, written);
    }

    [Fact]
    public void A_size_of_more_than_eight_gibibytes_fits_into_a_header()
    {
        foreach (var size in new[] { 0, 511, (8L << 30) - 1, 8L << 30, 300L << 30 })
        {
            var header = new TarHeader(TarEntryHeader.File("blobs/sha256/x", size));
            Assert.True(header.ChecksumHolds());
            Assert.Equal((size, 0, 0, 0x1a4), (header.ContentSize, header.Uid, header.ModifiedAt, header.Mode));
        }
    }

    [Fact]
    public async Task Tar_lists_an_entry_of_nine_gibibytes()
    {
        Tool.SkipWithout("tar");
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.At("big.tar")))
        {
            file.Write(TarEntryHeader.File("blobs/sha256/x", 9L << 30));
            file.SetLength((9L << 30) + 512 + 1024);
        }
        Assert.Contains($"{9L << 30}", await Tool.Run("tar", ["-tvf", folder.At("big.tar")]));
    }

    static Task<WrittenImage> Committed(IImageOutput output, IReadOnlyList<WrittenLayer> layers) => output.Commit(Image.ConfigBytes, layers, Described("shop/web:1"), Ct);

    static Dictionary<string, byte[]> Entries(string file)
    {
        using var handle = File.OpenHandle(file);
        var archive = TarArchive.Open(handle, Limits.Default, Ct);
        return new[] { "manifest.json", "index.json" }.ToDictionary(name => name, name =>
        {
            using var bytes = new MemoryStream();
            archive.Find(name)!.Open().CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}
