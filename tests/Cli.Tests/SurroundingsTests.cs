using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

/// <summary>What <c>plimsoll advise</c> tells besides the rules: of the context of a build, and of the image that came of it.</summary>
public sealed class SurroundingsTests : IDisposable
{
    readonly Folder _folder = new();

    public SurroundingsTests()
    {
        _folder.Write("Dockerfile", "FROM node:22.1\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER 1000\n");
        Directory.CreateDirectory(_folder.At("node_modules"));
        _folder.Write("package.json", "{}");
        _folder.Write("node_modules/large.js", new byte[3_000_000]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_context_is_told_with_what_to_ignore_and_what_a_change_rebuilds()
    {
        var run = (await Tool.Run("advise", _folder.At("Dockerfile"), "--context", _folder.Path, "--fail-on", "none")).Exits(0);
        Assert.Matches(@"(?m)^Context -+ 2\.9 MiB in 3 files", run.Output);
        Assert.Matches(@"2\.9 MiB +node_modules ", run.Output);
        Assert.Contains("package.json alone before it", string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_told_the_same_as_JSON()
    {
        var run = (await Tool.Run("advise", _folder.At("Dockerfile"), "--context", _folder.Path, "--image", Repository.At("samples/webapp.tar"), "--format", "json", "--fail-on", "none")).Exits(0);
        using var json = JsonDocument.Parse(run.Output);
        var context = json.RootElement.GetProperty("context");
        Assert.Equal((3, 3_000_000), (context.GetProperty("sent").GetProperty("files").GetInt64(), context.GetProperty("lines")[0].GetProperty("bytes").GetInt64()));
        Assert.Equal("package.json", json.RootElement.GetProperty("cache").GetProperty("restores")[0].GetProperty("copyFirst")[0].GetString());
        Assert.False(json.RootElement.GetProperty("image").GetProperty("fits").GetBoolean());
    }

    [Fact]
    public async Task Of_an_image_of_another_file_nothing_is_told_but_that()
    {
        var run = (await Tool.Run("advise", _folder.At("Dockerfile"), "--image", Repository.At("samples/webapp.tar"), "--fail-on", "none")).Exits(0);
        Assert.Matches("(?m)^Image -+ not of this Dockerfile", run.Output);
    }

    static Image Built(string name, string architecture, params string[] commands) =>
        new(name, [.. commands.Select(command => Archive.Layer(($"{architecture}/{command[..3]}{command.Length}", new string('x', 2_000_000))))]) { Architecture = architecture, Commands = commands };

    static readonly string[] OfThisFile = ["ADD rootfs / # buildkit", "WORKDIR /app", "COPY . . # buildkit", "RUN /bin/sh -c npm ci # buildkit"], OfAnother = ["ADD rootfs / # buildkit", "RUN /bin/sh -c apk add python3 # buildkit"];

    [Fact]
    public async Task Of_several_images_the_one_that_was_built_from_the_file_is_meant()
    {
        var archive = _folder.Write("both.tar", Archive.Of(Built("other:1", "amd64", OfAnother), Built("web:1", "amd64", OfThisFile)));
        var run = (await Tool.Run("advise", _folder.At("Dockerfile"), "--image", archive, "--fail-on", "none")).Exits(0);
        Assert.Matches(@"(?m)^ +4 +1\.9 MiB +RUN npm ci", run.Output);
        archive = _folder.Write("none.tar", Archive.Of(Built("other:1", "amd64", OfAnother), Built("other:2", "arm64", OfAnother)));
        var none = (await Tool.Run("advise", _folder.At("Dockerfile"), "--image", archive)).Exits(2);
        Assert.Contains("it holds 2 images (other:1 (linux/amd64), other:2 (linux/arm64)), of which none was built from this Dockerfile", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_platforms_is_chosen()
    {
        var archive = _folder.Write("two.tar", Archive.Of(Built("web:1", "amd64", OfThisFile), Built("web:1-arm", "arm64", OfThisFile)));
        Assert.Contains("2 may have been built from this Dockerfile: choose one with --image-name or --platform", (await Tool.Run("advise", _folder.At("Dockerfile"), "--image", archive)).Exits(2).Error, StringComparison.Ordinal);
        var run = (await Tool.Run("advise", _folder.At("Dockerfile"), "--image", archive, "--platform", "linux/arm64", "--format", "json", "--fail-on", "none")).Exits(0);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal([2, 3, 4], json.RootElement.GetProperty("image").GetProperty("instructions").EnumerateArray().Where(step => step.GetProperty("layer").ValueKind == JsonValueKind.Number).Select(step => step.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task One_of_several_names_is_chosen()
    {
        string[] more = [.. OfThisFile, "RUN /bin/sh -c more # buildkit"];
        var archive = _folder.Write("names.tar", Archive.Of(Built("web:1", "amd64", OfThisFile), Built("web:2", "amd64", more), Built("other:1", "amd64", OfAnother)));
        var none = (await Tool.Run("advise", _folder.At("Dockerfile"), "--image", archive)).Exits(2);
        Assert.Contains("3 images (web:1 (linux/amd64), web:2 (linux/amd64), other:1 (linux/amd64)), of which 2 may have been built", none.Error, StringComparison.Ordinal);
        var run = (await Tool.Run("advise", _folder.At("Dockerfile"), "--image", archive, "--image-name", "web:1", "--format", "json", "--fail-on", "none")).Exits(0);
        using var json = JsonDocument.Parse(run.Output);
        Assert.True(json.RootElement.GetProperty("image").GetProperty("fits").GetBoolean());
        var unknown = (await Tool.Run("advise", _folder.At("Dockerfile"), "--image", archive, "--image-name", "web:3")).Exits(2);
        Assert.Contains("there is no image 'web:3': it has web:1, web:2, other:1", unknown.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("--platform", "linux/arm64"), InlineData("--plain-http"), InlineData("--image-name", "web:1")]
    public async Task What_is_about_the_image_needs_one(params string[] options) =>
        Assert.Contains("are about the image: give --image", (await Tool.Run(["advise", _folder.At("Dockerfile"), .. options])).Exits(64).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Standard_input_is_one_of_the_two() =>
        Assert.Contains("standard input is one thing", (await Tool.Run("advise", "-", "--image", "-")).Exits(64).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--context", "nowhere", "nowhere: no such directory")]
    [InlineData("--image", "nowhere.tar", "nowhere.tar: no such file or directory")]
    public async Task What_is_not_there_is_said(string option, string value, string expected)
    {
        var run = (await Tool.Run("advise", _folder.At("Dockerfile"), option, value)).Exits(2);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory, InlineData("--context"), InlineData("--image")]
    public async Task A_diff_is_of_the_file_alone(string option) =>
        Assert.Contains("--fix prints a diff", (await Tool.Run("advise", _folder.At("Dockerfile"), "--fix", option, _folder.Path)).Exits(64).Error, StringComparison.Ordinal);
}
