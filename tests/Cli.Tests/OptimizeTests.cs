using System.Formats.Tar;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Tests;

public sealed class OptimizeTests : IDisposable
{
    static readonly string Sample = Repository.At("samples/webapp.tar");

    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_sample_gives_up_all_that_is_hidden_above_its_base_as_the_README_says()
    {
        var readme = await File.ReadAllTextAsync(Repository.At("README.md"), TestContext.Current.CancellationToken);
        using var before = JsonDocument.Parse((await Tool.Run("inspect", Sample, "--format", "json")).Exits(0).Output);
        var image = before.RootElement.GetProperty("images")[0];
        var hidden = image.GetProperty("waste").GetProperty("reclaimableBytes").GetInt64();
        Assert.Contains($"# {Bytes.Show(hidden)} of {Bytes.Show(image.GetProperty("image").GetProperty("size").GetInt64())} cannot be seen in a container", readme, StringComparison.Ordinal);

        var (made, proof) = (_folder.At("smaller.tar"), _folder.At("proof.jsonl"));
        using var result = JsonDocument.Parse((await Tool.Run("optimize", Sample, "-o", made, "--proof", proof, "--format", "json")).Exits(0).Output);
        var inBase = result.RootElement.GetProperty("base").GetProperty("hiddenBytes").GetInt64();
        Assert.Equal(hidden - inBase, result.RootElement.GetProperty("reclaimedBytes").GetInt64());
        Assert.True(result.RootElement.GetProperty("proof").GetProperty("holds").GetBoolean());
        Assert.Contains($"but for the {Bytes.Show(inBase)} of the base", readme, StringComparison.Ordinal);
        Assert.NotEmpty(await File.ReadAllLinesAsync(proof, TestContext.Current.CancellationToken));

        using var after = JsonDocument.Parse((await Tool.Run("inspect", made, "--format", "json")).Exits(0).Output);
        Assert.Equal(inBase, after.RootElement.GetProperty("images")[0].GetProperty("waste").GetProperty("reclaimableBytes").GetInt64());
        Assert.Equal(["proof.jsonl", "smaller.tar"], _folder.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_image_goes_to_standard_output_and_what_is_said_of_it_beside()
    {
        var run = await Tool.Shell($"dotnet '{Tool.Dll}' optimize '{Sample}' -o - > '{_folder.At("out.tar")}'");
        Assert.Contains("reclaimed above the base (100%)", run.Exits(0).Error, StringComparison.Ordinal);
        (await Tool.Run("inspect", _folder.At("out.tar"))).Exits(0);
    }

    [Theory]
    [InlineData("web", "nobody can push")]
    [InlineData("web.zip", "an archive ends in .tar (docker) or .oci (OCI)")]
    [InlineData("shop/web@sha256:0000000000000000000000000000000000000000000000000000000000000000", "has a digest")]
    public async Task What_can_be_no_output_is_wrong_usage(string output, string expected) =>
        Assert.Contains(expected, (await Tool.Run("optimize", Sample, "-o", output)).Exits(64).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("no/proof.jsonl", "'{0}' cannot be written: there is no such folder", 2)]
    [InlineData("", "'{0}' cannot be written: it is a directory", 2)]
    [InlineData("out.tar", "'{0}' cannot hold both the image and the proof", 64)]
    public async Task A_place_that_takes_no_proof_is_told_of_before_the_image_is_read(string place, string expected, int code)
    {
        var proof = _folder.At(place);
        var run = (await Tool.Run("optimize", _folder.Write("broken.tar", "no image"), "-o", _folder.At("out.tar"), "--proof", proof)).Exits(code);
        Assert.Contains(string.Format(CultureInfo.InvariantCulture, expected, proof), run.Error, StringComparison.Ordinal);
        Assert.Equal(["broken.tar"], _folder.Files.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("out.tar", 64, "--level 9")]
    [InlineData("-", 64, "--level 9")]
    [InlineData("out.tar", 0, "--level 9 --compression zstd")]
    [InlineData("out.oci", 0, "--level 9")]
    public async Task A_level_of_no_compression_is_wrong_usage(string output, int code, string options)
    {
        var run = (await Tool.Run(["optimize", Sample, "-o", output == "-" ? output : _folder.At(output), .. options.Split(' ')])).Exits(code);
        Assert.Equal(code == 64, run.Error.Contains("give --compression gzip or zstd with --level", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_place_that_takes_no_image_is_named_with_what_to_do()
    {
        var output = _folder.At("no/out.tar");
        Assert.Equal($"plimsoll: {output}: it cannot be written: there is no such folder: make the folder first\n", (await Tool.Run("optimize", Sample, "-o", output)).Exits(2).Error);
    }

    [Fact]
    public async Task Links_in_a_circle_and_sockets_are_named_as_such()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sockets are no files there");
        var (circle, place) = (_folder.At("circle.tar"), _folder.At("socket.tar"));
        File.CreateSymbolicLink(circle, "circle.tar");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(place));
        const string Circle = "its links lead in a circle", Busy = "it is no file that can be replaced";
        foreach (var (arguments, said) in new (string[], string)[]
        {
            (["inspect", circle], $"{circle}: {Circle}: give the archive itself"),
            (["inspect", place], $"{place}: it is a socket or a device, and no archive: give what docker save, skopeo or buildah wrote"),
            (["optimize", Sample, "-o", circle], $"{circle}: it cannot be written: {Circle}: mend the links, or choose another place"),
            (["optimize", Sample, "-o", place], $"{place}: it cannot be written: {Busy}: name another file"),
            (["optimize", Sample, "-o", "/dev/stdout"], "/dev/stdout: it is a file: name a directory for a layout, or a file that ends in .tar or .oci for an archive"),
            (["optimize", Sample, "-o", _folder.At("out.tar"), "--proof", ""], "'' cannot be written: it is no name of a file"),
            (["optimize", Sample, "-o", _folder.At("out.tar"), "--proof", circle], $"'{circle}' cannot be written: {Circle}"),
            (["optimize", Sample, "-o", _folder.At("out.tar"), "--proof", place], $"'{place}' cannot be written: {Busy}"),
        })
            Assert.Equal($"plimsoll: {said}\n", (await Tool.Run(arguments)).Exits(2).Error);
        Assert.Equal(["circle.tar", "socket.tar"], _folder.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_proof_never_takes_the_place_of_an_image()
    {
        var image = _folder.At("in.tar");
        File.Copy(Sample, image);
        File.CreateSymbolicLink(_folder.At("link.tar"), _folder.At("proof.tar"));
        foreach (var (output, proof, why) in new[] { ("out.tar", _folder.At("in.tar"), "is the image that is read"), ("link.tar", _folder.At("proof.tar"), "both the image and the proof"), ("out.tar", "-", "takes a file") })
            Assert.Contains(why, (await Tool.Run("optimize", image, "-o", _folder.At(output), "--proof", proof)).Exits(64).Error, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(Sample, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_base_that_is_not_the_images_is_refused_and_so_are_two_ways_to_say_it()
    {
        var other = _folder.Write("other.tar", Archive.Of(Archive.Layer(("etc/os-release", "ID=debian\n"))));
        var run = (await Tool.Run("optimize", Sample, "-o", _folder.At("out.tar"), "--base", other)).Exits(2);
        Assert.Contains("it was not built on the base that is given: they part at layer 0", run.Error, StringComparison.Ordinal);
        Assert.Contains("the very layers", (await Tool.Run("optimize", Sample, "-o", _folder.At("out.tar"), "--base", Sample)).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("--keep-base", (await Tool.Run("optimize", Sample, "-o", _folder.At("out.tar"), "--base", other, "--keep-base", "2")).Exits(64).Error, StringComparison.Ordinal);
        Assert.Equal(["other.tar"], _folder.Files.Select(Path.GetFileName));
    }

    [Fact]
    public async Task Each_path_that_is_dropped_is_told_whole()
    {
        var run = (await Tool.Run("optimize", Sample, "-o", _folder.At("out.tar"), "--drop", "apt-lists,docs")).Exits(0);
        Assert.Contains("var/lib/apt/lists/deb.debian.org_debian_dists_bookworm-security_main_binary-amd64_Packages.lz4\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60")]
    [InlineData("80")]
    [InlineData("120")]
    public async Task The_table_fits_the_screen(string columns)
    {
        var linked = _folder.Write("linked.tar", Archive.Of(Archive.Tar([
            new PaxTarEntry(TarEntryType.RegularFile, "usr/share/man/man1/a-page-with-a-long-name-that-is-kept.1") { DataStream = new MemoryStream(new byte[9]) },
            new PaxTarEntry(TarEntryType.HardLink, "kept") { LinkName = "usr/share/man/man1/a-page-with-a-long-name-that-is-kept.1" },
        ])));
        foreach (var image in new[] { Sample, linked })
        {
            var run = (await Tool.Run(["optimize", image, "-o", _folder.At("out.tar"), "--drop", "man"], null, ("COLUMNS", columns))).Exits(0);
            // A digest is there to be copied.
            Assert.All(run.Output.Split('\n').Where(line => !line.Contains("sha256:", StringComparison.Ordinal)),
                line => Assert.True(line.Length <= int.Parse(columns, CultureInfo.InvariantCulture), $"{line.Length} columns: {line}"));
        }
    }

    [Fact]
    public async Task The_last_proof_stays_when_there_is_no_other_and_is_replaced_as_a_whole_behind_its_link()
    {
        var proof = _folder.Write("proof.jsonl", "the last one");
        var link = File.CreateSymbolicLink(_folder.At("link.jsonl"), proof);
        (await Tool.Run("optimize", _folder.Write("broken.tar", "no image"), "-o", _folder.At("out.tar"), "--proof", link.FullName)).Exits(2);
        Assert.Equal("the last one", await File.ReadAllTextAsync(proof, TestContext.Current.CancellationToken));
        (await Tool.Run("optimize", Sample, "-o", _folder.At("out.tar"), "--proof", link.FullName)).Exits(0);
        Assert.Equal(proof, File.ResolveLinkTarget(link.FullName, returnFinalTarget: false)!.FullName);
        Assert.StartsWith("{\"schemaVersion\":1,\"holds\":true", await File.ReadAllTextAsync(proof, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(["broken.tar", "link.jsonl", "out.tar", "proof.jsonl"], _folder.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_image_that_cannot_be_read_leaves_nothing_behind()
    {
        var run = (await Tool.Run("optimize", _folder.Write("broken.tar", "no image"), "-o", _folder.At("out.tar"))).Exits(2);
        Assert.Contains("broken.tar", run.Error, StringComparison.Ordinal);
        Assert.Equal(["broken.tar"], _folder.Files.Select(Path.GetFileName));
    }
}
