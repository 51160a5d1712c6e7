using System.Net.Sockets;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Contexts;

public sealed class ContextScanTests
{
    [Fact]
    public void What_is_not_ignored_is_counted_and_so_is_the_rest()
    {
        using var folder = new TemporaryFolder().With(("a.txt", 10), ("src/b.cs", 20), ("src/deep/c.cs", 30), ("logs/x.log", 1000), ("logs/keep.log", 5));
        folder.Write(".dockerignore", "logs\n!logs/keep.log\n.dockerignore\n");
        var context = folder.Read();
        Assert.Equal(["a.txt", "logs/keep.log", "src/b.cs", "src/deep/c.cs"], Contexts.Files(context.Root));
        Assert.Equal((65, 4), (context.Root.Bytes, context.Root.Count));
        Assert.Equal(new ContextSum(1000 + "logs\n!logs/keep.log\n.dockerignore\n".Length, 2), context.Ignored);
        Assert.Empty(context.Notes);
    }

    [Fact]
    public void The_ignore_file_of_the_Dockerfile_wins_over_the_one_of_the_context()
    {
        using var folder = new TemporaryFolder().With(("a", 1), ("b", 1));
        folder.Write(".dockerignore", "a\n.dockerignore\n");
        folder.Write("Dockerfile.dockerignore", "b\n*ockerignore\n");
        var context = folder.Read();
        Assert.Equal(["a"], Contexts.Files(context.Root));
        Assert.Equal(folder.At("Dockerfile.dockerignore"), context.IgnoredBy);
        Assert.Equal(["Dockerfile.dockerignore", "b"], Contexts.Files(BuildContext.Read(folder.Root, null, new(), TestContext.Current.CancellationToken).Root));
    }

    // What BuildKit (Docker 20.10.24) put into an image of FROM scratch and COPY . / with each of these ignore files.
    [Theory]
    [InlineData("logs\n!logs/keep.log\n**/*.md\n!README.md\n", ".hidden README.md a/1 a/b/2 a/b/c/3 a/loop dangling logs/keep.log src/m.cs x/q")]
    [InlineData("*\n!src\nsrc/**/*.md\n!a/b/\n", "a/b/2 a/b/c/3 src/m.cs")]
    [InlineData("a\n", ".hidden README.md dangling docs/r.md logs/keep.log logs/z.log src/deep/n.md src/m.cs x/q x/y/a.md")]
    [InlineData("a/b\n!a\n**/y\n!x/y/a.md\n!**/n.md\nsrc/*\n", ".hidden README.md a/1 a/loop dangling docs/r.md logs/keep.log logs/z.log x/q x/y/a.md")]
    public void A_build_got_the_same(string ignore, string expected)
    {
        using var folder = new TemporaryFolder().With(
            [.. new[] { "a/1", "a/b/2", "a/b/c/3", "src/m.cs", "src/deep/n.md", "logs/keep.log", "logs/z.log", "docs/r.md", "README.md", "x/y/a.md", "x/q", ".hidden" }.Select(path => (path, 1))]);
        File.CreateSymbolicLink(folder.At("a/loop"), "..");
        File.CreateSymbolicLink(folder.At("dangling"), "nowhere");
        folder.Write("Dockerfile.dockerignore", ignore);
        Assert.Equal(expected.Split(' '), Contexts.Files(folder.Read().Root).Where(path => path != "Dockerfile.dockerignore"));
    }

    [Fact]
    public void A_link_is_sent_as_one_and_never_followed()
    {
        using var folder = new TemporaryFolder().With(("a/file", 100));
        File.CreateSymbolicLink(folder.At("a/loop"), "..");
        File.CreateSymbolicLink(folder.At("dangling"), "nowhere");
        File.CreateSymbolicLink(folder.At("itself"), "itself");
        var context = folder.Read();
        Assert.Equal(["a/file", "a/loop", "dangling", "itself"], Contexts.Files(context.Root));
        Assert.Equal(100, context.Root.Bytes);
    }

    [Fact]
    public async Task Sockets_and_pipes_are_told_and_not_opened()
    {
        Tool.SkipWithout("mkfifo");
        using var folder = new TemporaryFolder().With(("empty", 0));
        await Tool.Run("mkfifo", [folder.At("pipe")]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.At("socket")));
        var context = folder.Read();
        Assert.Equal(["empty"], Contexts.Files(context.Root));
        Assert.Equal(["2 sockets, pipes or devices are in none of these numbers"], context.Notes);
    }

    // What is too deep for a path to say cannot be read by root either.
    [Fact]
    public async Task A_folder_below_all_paths_is_told_and_ends_nothing()
    {
        Tool.SkipWithout("bash");
        using var folder = new TemporaryFolder().With(("z", 1));
        var name = new string('d', 200);
        await Tool.Run("bash", ["-c", $"cd {folder.Root} && for i in $(seq 30); do mkdir {name} && cd -P {name} || exit 1; done; > file"]);
        var context = folder.Read();
        await Tool.Run("rm", ["-rf", folder.At(name)]);
        Assert.Equal(["z"], Contexts.Files(context.Root));
        Assert.Contains("cannot be read", Assert.Single(context.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_is_told()
    {
        Tool.SkipWithout("bash");
        using var folder = new TemporaryFolder().With(("a", 1));
        await Tool.Run("bash", ["-c", $"cd {folder.Root} && printf x > $'b\\xff' && mkdir $'c\\xfe' && printf x > $'c\\xfe/d'"]);
        var context = folder.Read();
        await Tool.Run("bash", ["-c", $"rm -rf {folder.Root}/b* {folder.Root}/c*"]);
        Assert.Equal(["a"], Contexts.Files(context.Root));
        Assert.Equal(["b\uFFFD, c\uFFFD/: no UTF-8, so that a build may refuse the name; it is in none of these numbers"], context.Notes);
    }

    [Fact]
    public void Too_many_files_and_too_deep_folders_are_told()
    {
        using var folder = new TemporaryFolder().With([.. Enumerable.Range(0, 50).Select(i => ($"x{i:00}", 1)), ("deep/a/b/c/d", 1)]);
        var context = folder.Read(new ContextLimits(Entries: 20));
        Assert.InRange(context.Root.Count, 10, 20);
        Assert.Equal(["the context has more than 20 files: the rest was not looked at, and is in none of these numbers"], context.Notes);
        Assert.Equal(["folders are more than 2 deep: what is below was not looked at"], folder.Read(new ContextLimits(Depth: 2)).Notes);
        folder.Write(".dockerignore", "x*\n");
        var ignored = folder.Read(new ContextLimits(Ignored: 30));
        Assert.Equal((true, 30), (ignored.IgnoredIsLeast, ignored.Ignored.Files));
        Assert.Contains("deep/a/b/c/d", Contexts.Files(ignored.Root));
    }

    [Fact]
    public void A_line_that_is_no_pattern_is_told()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".dockerignore", "ok\n[a\n");
        Assert.Equal(["line 2 of the ignore file is no pattern, and a build fails with it: [a"], folder.Read().Notes);
    }
}
