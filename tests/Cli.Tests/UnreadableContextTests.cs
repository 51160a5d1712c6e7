using System.Runtime.Versioning;
using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

/// <summary>Contexts with parts that whoever builds may not read, by a program that is not root as the tests may be.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UnreadableContextTests : IDisposable
{
    readonly Folder _folder = new();

    public UnreadableContextTests() => _folder.Write("Dockerfile", "FROM scratch\nCOPY . /x\nUSER 1000\n");

    public void Dispose()
    {
        foreach (var folder in Directory.EnumerateDirectories(_folder.Path))
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_000_000);
        _folder.Dispose();
    }

    void Closed(UnixFileMode mode, params string[] paths)
    {
        foreach (var path in paths)
            File.SetUnixFileMode(_folder.At(path), mode);
    }

    void With(params string[] paths)
    {
        foreach (var path in paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(path))!);
            _folder.Write(path, "x");
        }
    }

    Task<Outcome> Advise(params string[] options) =>
        Tool.RunWithoutPrivileges(["advise", _folder.At("Dockerfile"), "--context", _folder.Path, "--fail-on", "none", .. options]);

    async Task<(long Files, string[] Notes, int Lines)> Context()
    {
        using var json = JsonDocument.Parse((await Advise("--format", "json")).Exits(0).Output);
        var context = json.RootElement.GetProperty("context");
        return (context.GetProperty("sent").GetProperty("files").GetInt64(), [.. context.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)],
            context.GetProperty("lines").GetArrayLength());
    }

    [Fact]
    public async Task A_file_is_named_and_counted_unless_it_is_ignored()
    {
        With("a", "closed", "ignored", "z/closed");
        _folder.Write("empty", "");
        _folder.Write(".dockerignore", "ignored\n");
        File.CreateSymbolicLink(_folder.At("link"), "closed");
        Closed(UnixFileMode.None, "closed", "ignored", "z/closed", "empty");
        var (files, notes, _) = await Context();
        Assert.Equal(7, files);
        Assert.Equal(["closed, empty, z/closed cannot be read: a build by this user fails where a step copies one of them"], notes);
        Assert.Contains("closed, empty, z/closed cannot be read", (await Advise()).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_line_copies_and_is_not_there_is_told_all_the_same()
    {
        With("a", "closed");
        _folder.Write("Dockerfile", "FROM scratch\nCOPY closed nowhere /x/\nUSER 1000\n");
        Closed(UnixFileMode.None, "closed");
        Assert.Contains("missing-source", (await Advise()).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_named_unless_it_is_ignored_and_ends_nothing()
    {
        With("a", "closed/x", "z/x");
        _folder.Write(".dockerignore", "z\n");
        Closed(UnixFileMode.None, "closed", "z");
        var (files, notes, _) = await Context();
        Assert.Equal(3, files);
        Assert.Equal(["closed/ cannot be read: a build by this user fails there unless .dockerignore takes it out"], notes);
    }

    [Fact]
    public async Task A_folder_that_may_be_listed_and_not_entered_is_named_rather_than_its_members()
    {
        With("a", "closed/.env", "closed/b");
        Directory.CreateDirectory(_folder.At("empty"));
        _folder.Write("empty/x", "");
        Closed((UnixFileMode)0b100_100_100, "closed");
        var (files, notes, lines) = await Context();
        Assert.Equal((3, 0), (files, lines));
        Assert.Equal(["closed/ cannot be read: a build by this user fails there unless .dockerignore takes it out"], notes);
    }
}
