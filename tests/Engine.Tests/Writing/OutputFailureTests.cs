using System.Net.Sockets;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Writing.OutputCase;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>What was there stays as it was until an image is whole, and nothing is left of one that is not.</summary>
public sealed class OutputFailureTests
{
    [Theory]
    [InlineData("docker")]
    [InlineData("oci")]
    [InlineData("layout")]
    public async Task An_output_that_is_not_committed_leaves_nothing(string kind)
    {
        using var folder = new TemporaryFolder();
        await using (var output = await Open(Target(kind, folder)))
        {
            await output.Write(new LayerEncoding(Compression.Gzip, 1), InPieces(Image.Layers[0]), Ct);
            Assert.All(Directory.GetFileSystemEntries(folder.Root), entry => Assert.StartsWith(".plimsoll-", Path.GetFileName(entry)));
        }
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("layout")]
    public async Task A_layer_that_breaks_off_ends_with_its_own_error_and_the_next_can_be_written(string kind)
    {
        using var folder = new TemporaryFolder();
        var target = Target(kind, folder);
        await using var output = await Open(target);
        foreach (var compression in Enum.GetValues<Compression>())
            await Assert.ThrowsAsync<InvalidDataException>(() => output.Write(new LayerEncoding(compression, 1), async (stream, ct) =>
            {
                await stream.WriteAsync(Image.Layers[0], ct);
                throw new InvalidDataException("the source is corrupt");
            }, Ct));
        await IsTheImage(new ImageSource.File(target.ToString()), Compression.Gzip, await Write(output, Image, new LayerEncoding(Compression.Gzip, 1), "shop/web:1"));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("layout")]
    public async Task A_layer_that_is_not_what_its_digest_says_is_refused(string kind)
    {
        using var folder = new TemporaryFolder();
        await using var output = await Open(Target(kind, folder));
        var (layer, other) = (Image.Layers[0], Image.Layers[1]);
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => output.Copy(Blob(layer, layer, Digest.Of(other)), null, Ct));
        Assert.Contains($"its digest is {Digest.Of(layer)}", error.Message);
        var unsaid = new LayerBlob(null, Digest.Of(other), null, _ => ValueTask.FromResult<Stream>(new MemoryStream(layer)));
        await Assert.ThrowsAsync<UnreadableImageException>(() => output.Copy(unsaid, null, Ct));
        var endless = Blob(layer, layer) with { Size = 100 };
        Assert.Contains("more than the 100 bytes", (await Assert.ThrowsAsync<UnreadableImageException>(() => output.Copy(endless, null, Ct))).Message);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_file_that_is_there_is_replaced_at_the_end_and_keeps_its_rights()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("out.tar", "what was there");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using (var output = await Open(Target("docker", folder)))
        {
            await output.Write(new LayerEncoding(Compression.None, null), InPieces(Image.Layers[0]), Ct);
            Assert.Equal("what was there", await File.ReadAllTextAsync(file, Ct));
        }
        Assert.Equal("what was there", await File.ReadAllTextAsync(file, Ct));
        await IsTheImage(new ImageSource.File(file), Compression.None, await Write(Target("docker", folder)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task The_archive_that_is_read_can_be_the_one_that_is_written()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("out.tar", TestImage.Tar(Image.Classic()));
        using (var source = await OpenSource.Open(new InspectionRequest(new ImageSource.File(file)), new(), Limits.Default, Ct))
        await using (var output = await Open(Target("docker", folder)))
        {
            var layers = new List<WrittenLayer>();
            foreach (var layer in Assert.Single(source.Images.Images).Layers)
                layers.Add(await output.Copy(layer, null, Ct));
            await IsTheImage(new ImageSource.File(file), Compression.None, await output.Commit(Image.ConfigBytes, layers, Described(), Ct));
        }
    }

    [Fact]
    public async Task What_a_link_leads_to_is_replaced_and_the_link_stays()
    {
        using var folder = new TemporaryFolder();
        folder.Write("elsewhere/real.tar", "old");
        File.CreateSymbolicLink(folder.At("out.tar"), "elsewhere/real.tar");
        await IsTheImage(new ImageSource.File(folder.At("elsewhere/real.tar")), Compression.None, await Write(Target("docker", folder)));
        Assert.Equal("elsewhere/real.tar", new FileInfo(folder.At("out.tar")).LinkTarget);
    }

    [Theory]
    [InlineData("/sys/kernel/out.tar", "cannot be written", "choose another place")]
    [InlineData("FOLDER/none/out.tar", "there is no such folder", "make the folder first")]
    [InlineData("FOLDER/file/out.tar", "cannot be written", "make the folder first")]
    [InlineData("FOLDER/full", "is a directory", "name a file")]
    [InlineData("/dev/null", "is no file that can be replaced", "write - for standard output")]
    public async Task A_file_that_cannot_be_written_is_told_of_before_any_work(string path, string reason, string remedy)
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        folder.Write("full/one", "");
        path = path.Replace("FOLDER", folder.Root, StringComparison.Ordinal);
        foreach (var target in new ImageTarget[] { new ImageTarget.DockerArchive(path), new ImageTarget.OciArchive(path) })
        {
            var error = await Assert.ThrowsAsync<UnwritableImageException>(() => Open(target));
            Assert.Contains(reason, error.Message);
            Assert.DoesNotContain(path, error.Message);
            Assert.DoesNotContain(".plimsoll", error.Message);
            Assert.StartsWith(remedy, error.Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("circle.tar", "its links lead in a circle")]
    [InlineData("circle/out.tar", "its links lead in a circle")]
    [InlineData("circle", "its links lead in a circle")]
    [InlineData("socket.tar", "it is no file that can be replaced")]
    [InlineData("socket", "it is no file that can be replaced")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Links_in_a_circle_and_sockets_are_told_as_what_they_are_and_stay(string name, string reason)
    {
        using var folder = new TemporaryFolder();
        foreach (var circle in new[] { "circle", "circle.tar" })
            File.CreateSymbolicLink(folder.At(circle), circle);
        using var first = Listening(folder.At("socket"));
        using var second = Listening(folder.At("socket.tar"));
        ImageTarget target = name.EndsWith(".tar", StringComparison.Ordinal) ? new ImageTarget.DockerArchive(folder.At(name)) : new ImageTarget.OciLayout(folder.At(name));
        var error = await Assert.ThrowsAsync<UnwritableImageException>(() => Open(target));
        Assert.Equal($"it cannot be written: {reason}", error.Message);
        Assert.Equal(["circle", "circle.tar", "socket", "socket.tar"], Directory.GetFileSystemEntries(folder.Root).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal));
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(folder.At("socket.tar")), Ct);
    }

    static Socket Listening(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    [Theory]
    [InlineData("/sys/kernel/out", "cannot be written")]
    [InlineData("FOLDER/none/out", "there is no such folder")]
    [InlineData("FOLDER/file", "is a file")]
    [InlineData("FOLDER/full/", "is not empty")]
    public async Task A_directory_that_cannot_be_written_is_told_of_before_any_work(string path, string reason)
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        folder.Write("full/one", "");
        path = path.Replace("FOLDER", folder.Root, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<UnwritableImageException>(() => Open(new ImageTarget.OciLayout(path)));
        Assert.Contains(reason, error.Message);
        Assert.Equal(["file", "full", "full/one"], Directory.GetFileSystemEntries(folder.Root, "*", SearchOption.AllDirectories).Select(entry => Path.GetRelativePath(folder.Root, entry)).Order(StringComparer.Ordinal));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task An_empty_directory_is_filled_and_stays_the_same_directory()
    {
        using var folder = new TemporaryFolder();
        var path = Directory.CreateDirectory(folder.At("out"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        await IsTheImage(new ImageSource.File(path), Compression.Gzip, await Write(new ImageTarget.OciLayout(path + "/"), names: "a:1"));
        Assert.Equal(["blobs", "index.json", "oci-layout"], Directory.GetFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task A_full_disk_is_told_without_the_name_of_a_draft()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        using var sink = new FileSink(full, 0);
        var error = await Assert.ThrowsAsync<UnwritableImageException>(async () => await sink.Take(new byte[1 << 20], Ct));
        Assert.StartsWith("it cannot be written: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/dev/full", error.Message);
    }

    [Theory]
    [InlineData(10, "gzip has no level 10")]
    [InlineData(-1, "gzip has no level -1")]
    public async Task A_level_that_there_is_not_is_refused(int level, string reason)
    {
        using var folder = new TemporaryFolder();
        await using var output = await Open(Target("docker", folder));
        Assert.Contains(reason, (await Assert.ThrowsAsync<UnwritableImageException>(() => output.Write(new LayerEncoding(Compression.Gzip, level), InPieces([1]), Ct))).Message);
    }
}
