using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Samples.TestImage;

namespace Plimsoll.Engine.Tests.Images;

/// <summary>What is not an image, or lies, is a failure with a reason; it is never an exception and never half a report.</summary>
public sealed class BadInputTests
{
    static readonly byte[] Layer = new TestLayer().File("bin/app", 4000).Tar();

    static TestImage Image() => new(Layer);

    static async Task<Failure> Refused(byte[] archive, Limits? limits = null)
    {
        var report = (await Inspect(archive, limits: limits)).Report;
        Assert.Empty(report.Images);
        var failure = Assert.Single(report.Failures);
        Assert.NotEmpty(failure.Reason);
        return failure;
    }

    static async Task<string> Reason(byte[] archive, Limits? limits = null) => (await Refused(archive, limits)).Reason;

    static Dictionary<string, byte[]> With(Dictionary<string, byte[]> files, string name, string text)
    {
        files[name] = Encoding.UTF8.GetBytes(text);
        return files;
    }

    [Fact]
    public async Task An_empty_file_is_not_an_image() => Assert.Equal("it is empty", await Reason([]));

    [Theory]
    [InlineData("FROM debian\nRUN true\n")]
    [InlineData("<html>404 not found</html>")]
    [InlineData("{\"schemaVersion\": 2}")]
    public async Task A_text_is_not_an_image(string text) => Assert.Contains("not an image", await Reason(Encoding.UTF8.GetBytes(text.PadRight(2000, ' '))));

    [Fact]
    public async Task Noise_is_not_an_image() => Assert.Contains("not an image", await Reason([.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 131 >> 3))]));

    [Fact]
    public async Task What_docker_export_writes_is_named_as_such() => Assert.Contains("docker export", (await Refused(Layer)).Remedy!);

    [Fact]
    public async Task An_archive_cut_at_any_place_is_refused()
    {
        foreach (var files in new[] { Image().Classic(), Image().Layout() })
        {
            var whole = Tar(files);
            var end = whole.AsSpan().LastIndexOfAnyExcept((byte)0);
            for (var length = 512; length < end; length += 700)
                await Refused(whole[..length]);
        }
    }

    [Theory]
    [InlineData(Packing.Gzip)]
    [InlineData(Packing.Zstd)]
    public async Task A_compressed_layer_cut_short_is_refused(Packing packing)
    {
        // The last bytes of gzip are its end mark and checksum: nothing of the content is missing there, as the diff id proves.
        var stored = Pack(Layer, packing);
        for (var length = 1; length < stored.Length - (packing == Packing.Gzip ? 16 : 0); length += 3)
            await Assert.ThrowsAsync<UnreadableImageException>(() => TestLayer.Read(stored[..length], Digest.Of(Layer)));
    }

    [Fact]
    public async Task A_wrong_diff_id_names_both_digests()
    {
        var other = Digest.Of("other"u8);
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => TestLayer.Read(Layer, other));
        Assert.Contains(other.Value, error.Message);
        Assert.Contains(Digest.Of(Layer).Value, error.Message);
        Assert.Contains("diff id", error.Message);
    }

    [Fact]
    public async Task A_wrong_blob_digest_is_found_though_the_diff_id_is_right()
    {
        // The same tar, packed otherwise than the manifest says.
        var files = new TestImage(Layer) { Packed = Packing.Gzip }.Layout();
        var name = BlobName(Pack(Layer, Packing.Gzip));
        files[name] = [.. Pack(Layer, Packing.Gzip), 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Contains("its digest is", await Reason(Tar(files)));
    }

    [Theory]
    [InlineData("config")]
    [InlineData("manifest")]
    public async Task A_document_that_is_not_what_its_digest_says_is_refused(string which)
    {
        var image = Image();
        var files = image.Layout();
        var bytes = which == "config" ? image.ConfigBytes : image.ManifestBytes;
        files[BlobName(bytes)] = [.. bytes, (byte)' '];
        Assert.Contains("has other content than its digest says", await Reason(Tar(files)));
    }

    [Fact]
    public async Task A_classic_config_that_is_not_its_name_is_refused()
    {
        var files = Image().Classic();
        var config = files.Keys.Single(name => name.EndsWith(".json", StringComparison.Ordinal) && name != "manifest.json");
        files[config] = [.. files[config], (byte)'\n'];
        Assert.Contains("has the digest sha256:", await Reason(Tar(files)));
    }

    [Fact]
    public async Task A_missing_layer_is_named()
    {
        var files = Image().Classic();
        files.Remove($"{0:x64}/layer.tar");
        Assert.Contains($"{0:x64}/layer.tar' is not in the archive", await Reason(Tar(files)));
    }

    [Theory]
    [InlineData("[]", "names 0 images")]
    [InlineData("null", "is empty")]
    [InlineData("{}", "is not valid JSON of its kind")]
    [InlineData("[{}]", "without a config or layers")]
    [InlineData("[null]", "without a config or layers")]
    [InlineData("[{\"Config\":\"../../etc/passwd\",\"Layers\":[]}]", "'../../etc/passwd' is not in the archive")]
    [InlineData("[{\"Config\":\"/etc/passwd\",\"Layers\":[null]}]", "'/etc/passwd' is not in the archive")]
    public async Task A_manifest_that_makes_no_sense_is_refused(string manifest, string reason) =>
        Assert.Contains(reason, await Reason(Tar(With(Image().Classic(), "manifest.json", manifest))));

    [Theory]
    [InlineData("{\"manifests\":[]}", "names no manifests")]
    [InlineData("{\"manifests\":[{\"digest\":\"md5:00\"}]}", "none that can be verified")]
    [InlineData("{\"manifests\":[{\"digest\":\"sha256:../../../../etc/passwd\"}]}", "none that can be verified")]
    [InlineData("{\"manifests\":[{\"digest\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\"}]}", "is not in the layout")]
    public async Task An_index_that_makes_no_sense_is_refused(string index, string reason) =>
        Assert.Contains(reason, await Reason(Tar(With(Image().Layout(), "index.json", index))));

    [Fact]
    public async Task A_directory_that_points_outside_itself_is_not_followed()
    {
        using var folder = new TemporaryFolder();
        var image = Image();
        foreach (var (name, content) in image.Layout())
            folder.Write(name, content);
        var blob = folder.At(BlobName(image.ConfigBytes));
        folder.Write("../" + Path.GetFileName(folder.Root) + ".outside", image.ConfigBytes);
        File.Delete(blob);
        File.CreateSymbolicLink(blob, folder.Root + ".outside");
        var failure = Assert.Single((await Inspect(new ImageSource.File(folder.Root))).Report.Failures);
        Assert.Contains("is not in the layout", failure.Reason);
        File.Delete(folder.Root + ".outside");
    }

    [Fact]
    public async Task Indexes_nested_past_the_limit_are_refused()
    {
        var image = Image();
        var files = image.Layout();
        var index = files["index.json"];
        for (var i = 0; i < 8; i++)
        {
            files[BlobName(index)] = index;
            index = Encoding.UTF8.GetBytes(new JsonObject { ["manifests"] = new JsonArray(Pointer("application/vnd.oci.image.index.v1+json", index)) }.ToJsonString());
        }
        files["index.json"] = index;
        Assert.Contains("nested more than 4 deep", await Reason(Tar(files)));
    }

    [Theory]
    [InlineData("application/vnd.cncf.helm.config.v1+json")]
    [InlineData("application/vnd.dev.cosign.artifact.sig.v1+json")]
    public async Task Other_content_in_a_registry_format_is_told_from_an_image(string type)
    {
        var image = Image();
        var files = image.Layout();
        var manifest = JsonNode.Parse(image.ManifestBytes)!;
        manifest["config"]!["mediaType"] = type;
        var bytes = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        files[BlobName(bytes)] = bytes;
        files["index.json"] = Encoding.UTF8.GetBytes(new JsonObject { ["manifests"] = new JsonArray(Pointer("x", bytes)) }.ToJsonString());
        Assert.Contains($"it holds {type}, not a container image", await Reason(Tar(files)));
    }

    [Theory]
    [InlineData("<img src=x>")]
    [InlineData("amd64\n# heading")]
    [InlineData("a/b/c")]
    [InlineData("a b")]
    public async Task A_platform_that_cannot_be_one_is_refused(string architecture) =>
        Assert.Contains("platform that cannot be one", await Reason(Tar(new TestImage(Layer) { Architecture = architecture }.Classic())));

    [Fact]
    public async Task A_bomb_is_stopped_at_its_ratio()
    {
        var bomb = new TestImage(new TestLayer().File("zeros", 8_000_000, 0).Tar()) { Packed = Packing.Gzip };
        Assert.Contains("50 times its size", await Reason(Tar(bomb.Classic()), Limits.Default with { ExpansionAllowance = 1 << 20, ExpansionRatio = 50 }));
    }

    [Fact]
    public async Task All_layers_together_stay_under_the_limit()
    {
        var image = new TestImage(new TestLayer().File("a", 60_000).Tar(), new TestLayer().File("b", 60_000).Tar());
        Assert.Contains("more than 100,000 bytes in its layers", await Reason(Tar(image.Classic()), Limits.Default with { TotalBytes = 100_000 }));
    }

    [Fact]
    public async Task All_layers_together_have_no_more_entries_than_the_limit()
    {
        var image = new TestImage(new TestLayer().File("a", 1).File("b", 1).Tar(), new TestLayer().File("c", 1).Tar());
        Assert.Contains("more than 2 files", await Reason(Tar(image.Classic()), Limits.Default with { Entries = 2 }));
    }

    [Fact]
    public async Task A_package_database_past_the_limit_is_noted_and_the_rest_is_reported()
    {
        var image = new TestImage(new TestLayer().File("var/lib/dpkg/status", 5000).File("app", 10).Tar());
        var report = Assert.Single((await Inspect(Tar(image.Classic()), limits: Limits.Default with { EvidenceFileBytes = 4000 })).Report.Images);
        Assert.Contains("var/lib/dpkg/status has 5,000 bytes", Assert.Single(report.Notes));
        Assert.Equal(5010, report.Image.Size);
    }

    [Fact]
    public async Task A_layer_that_is_no_tar_is_refused() =>
        Assert.Contains("not a tar archive", await Reason(Tar(new TestImage(Encoding.ASCII.GetBytes(new string('z', 2000))).Classic())));

    [Fact]
    public async Task Nothing_is_written_where_an_entry_says()
    {
        using var folder = new TemporaryFolder();
        var target = folder.At("written");
        var image = new TestImage(new TestLayer().File(target, "owned").Symlink("link", folder.Root).File("link/through", "owned").Tar());
        Assert.Empty((await Inspect(Tar(image.Classic()))).Report.Failures);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }
}
