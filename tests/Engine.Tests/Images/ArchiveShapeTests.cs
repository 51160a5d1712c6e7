using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Samples.TestImage;

namespace Plimsoll.Engine.Tests.Images;

/// <summary>Every shape that tools save images in is read, and says the same of the same image.</summary>
public sealed class ArchiveShapeTests
{
    static readonly byte[] Base = new TestLayer().File("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"").File("bin/app", 4000).Tar();
    static readonly byte[] Top = new TestLayer().File("bin/app", 5000, (byte)'y').Tar();

    static TestImage Image(Packing packing = Packing.None, string architecture = "amd64") => new(Base, Top) { Packed = packing, Architecture = architecture };

    static async Task<ImageReport> Only(Task<Inspection> inspection)
    {
        var report = (await inspection).Report;
        Assert.Empty(report.Failures);
        return Assert.Single(report.Images);
    }

    static void IsTheImage(ImageReport report)
    {
        Assert.Equal("shop/web:1.0", report.Image.Reference);
        Assert.Equal((9000 + 49, 4000), (report.Image.Size, report.Waste.ReclaimableBytes));
        Assert.Equal([Digest.Of(Base), Digest.Of(Top)], report.Layers.Select(layer => layer.DiffId));
        Assert.Equal("RUN step 1 # buildkit", report.Layers[1].Command);
        Assert.Equal(new OsRelease("debian", "12", "Debian 12"), report.Config.OperatingSystem);
    }

    public static TheoryData<string, Packing> Shapes => new(
        from shape in new[] { "classic", "kaniko", "jib", "buildkit", "layout" }
        from packing in Enum.GetValues<Packing>()
        select (shape, packing));

    static Dictionary<string, byte[]> Shape(string shape, TestImage image) => shape switch
    {
        "classic" => image.Classic(),
        "kaniko" => image.Kaniko(),
        "jib" => image.Jib(),
        "buildkit" => image.BuildKit(),
        _ => image.Layout(),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_shape_and_compression_gives_the_same_report(string shape, Packing packing)
    {
        var image = Image(packing);
        var report = await Only(Inspect(Tar(Shape(shape, image))));
        IsTheImage(report);
        Assert.Equal(shape is "buildkit" or "layout" ? image.ManifestDigest : null, report.Image.ManifestDigest);
        Assert.Equal(image.Stored.Select(layer => Digest.Of(layer)), report.Layers.Select(layer => layer.Digest));
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("layout")]
    public async Task A_directory_is_read_like_an_archive(string shape)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, content) in Shape(shape, Image(Packing.Gzip)))
            folder.Write(name, content);
        IsTheImage(await Only(Inspect(new ImageSource.File(folder.Root))));
    }

    [Theory]
    [InlineData(Packing.None)]
    [InlineData(Packing.Gzip)]
    [InlineData(Packing.Zstd)]
    public async Task A_stream_is_read_whatever_it_is_packed_with(Packing outer) =>
        IsTheImage(await Only(Inspect(new ImageSource.Stream(new MemoryStream(Pack(Tar(Image().BuildKit()), outer))))));

    [Fact]
    public async Task A_compressed_archive_is_read_from_a_file() => IsTheImage(await Only(Inspect(Pack(Tar(Image().Classic()), Packing.Gzip))));

    [Fact]
    public async Task A_stream_leaves_no_file_behind()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "plimsoll-*").Length;
        await Inspect(new ImageSource.Stream(new MemoryStream(Tar(Image().Classic()))));
        await Inspect(new ImageSource.Stream(new MemoryStream(Pack(Tar(Image().Classic()), Packing.Gzip)[..200])));
        Assert.Equal(before, Directory.GetFiles(Path.GetTempPath(), "plimsoll-*").Length);
    }

    [Fact]
    public async Task Gzip_of_several_members_is_one_layer()
    {
        var twoMembers = Pack(Base[..1000], Packing.Gzip).Concat(Pack(Base[1000..], Packing.Gzip)).ToArray();
        var index = await TestLayer.Read(twoMembers, Digest.Of(Base));
        Assert.Equal(TestLayer.IndexOf(Base).Size, index.Size);
    }

    [Fact]
    public async Task A_linked_layer_is_read_where_the_link_points()
    {
        var image = Image();
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
            foreach (var (name, content) in image.Classic())
                if (name == $"{1:x64}/layer.tar")
                {
                    writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "shared/layer.tar") { DataStream = new MemoryStream(content) });
                    writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = "../shared/layer.tar" });
                }
                else
                    writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        IsTheImage(await Only(Inspect(bytes.ToArray())));
    }

    [Fact]
    public async Task Every_platform_is_an_image_and_one_can_be_chosen()
    {
        var archive = Tar(MultiPlatform(Image(Packing.Gzip), Image(Packing.Gzip, "arm64")));
        Assert.Equal(["linux/amd64", "linux/arm64"], (await Inspect(archive)).Report.Images.Select(i => i.Image.Platform.ToString()));
        IsTheImage(await Only(Inspect(archive, "linux/arm64/v8")));
    }

    [Fact]
    public async Task A_platform_that_is_not_there_is_a_failure_that_names_those_that_are()
    {
        var failure = Assert.Single((await Inspect(Tar(MultiPlatform(Image(), Image(architecture: "arm64"))), "linux/s390x")).Report.Failures);
        Assert.Equal(("there is no image for linux/s390x", "it has linux/amd64, linux/arm64"), (failure.Reason, failure.Remedy));
    }

    [Fact]
    public async Task Layers_that_platforms_share_are_read_once()
    {
        var opened = 0;
        var image = Image();
        var layers = new LayerSet(Engine.Archives.Limits.Default, null);
        LayerBlob Blob(byte[] layer) => new(Digest.Of(layer), Digest.Of(layer), layer.Length, _ => { opened++; return ValueTask.FromResult<Stream>(new MemoryStream(layer)); });
        await layers.Read([Blob(Base), Blob(Top), Blob(Base)], TestContext.Current.CancellationToken);
        await layers.Read([Blob(Base)], TestContext.Current.CancellationToken);
        Assert.Equal(2, opened);
    }

    [Fact]
    public async Task An_attestation_is_evidence_about_its_image_and_never_an_image()
    {
        var image = Image();
        var attestation = Encoding.UTF8.GetBytes("""{"schemaVersion":2,"config":{},"layers":[]}""");
        var pointer = Pointer("application/vnd.oci.image.manifest.v1+json", attestation);
        pointer["platform"] = new JsonObject { ["os"] = "unknown", ["architecture"] = "unknown" };
        pointer["annotations"] = new JsonObject { ["vnd.docker.reference.type"] = "attestation-manifest", ["vnd.docker.reference.digest"] = image.ManifestDigest.Value };
        var index = JsonNode.Parse(Index(image))!;
        index["manifests"]!.AsArray().Add(pointer);
        var files = LayoutOf(Encoding.UTF8.GetBytes(index.ToJsonString()), image);
        files[BlobName(attestation)] = attestation;
        var report = await Only(Inspect(Tar(files)));
        Assert.Equal([Digest.Of(attestation)], report.Image.Attestations);
    }

    [Fact]
    public async Task Several_images_in_one_archive_are_all_reported_and_one_can_be_named()
    {
        var other = new TestImage(Base) { Name = "docker.io/shop/worker:2" };
        var files = Image().Classic();
        foreach (var (name, content) in other.Classic())
            files.TryAdd(name, content);
        var both = JsonNode.Parse(files["manifest.json"])!.AsArray();
        both.Add(JsonNode.Parse(other.Classic()["manifest.json"])![0]!.DeepClone());
        files["manifest.json"] = Encoding.UTF8.GetBytes(both.ToJsonString());
        var archive = Tar(files);
        Assert.Equal(["shop/web:1.0", "docker.io/shop/worker:2"], (await Inspect(archive)).Report.Images.Select(i => i.Image.Reference));
        Assert.Equal("docker.io/shop/worker:2", (await Only(Inspect(archive, image: "shop/worker:2"))).Image.Reference);
        var failure = Assert.Single((await Inspect(archive, image: "nothing")).Report.Failures);
        Assert.Equal("it has shop/web:1.0, docker.io/shop/worker:2", failure.Remedy);
    }

    [Fact]
    public async Task One_bad_image_does_not_hide_the_good_one()
    {
        var good = Image();
        var bad = new TestImage(Top) { Name = "shop/bad:1", Architecture = "arm64" };
        var files = MultiPlatform(good, bad);
        files.Remove(BlobName(bad.ConfigBytes));
        var report = (await Inspect(Tar(files))).Report;
        IsTheImage(Assert.Single(report.Images));
        Assert.Contains("is not in the layout", Assert.Single(report.Failures).Reason);
    }
}
