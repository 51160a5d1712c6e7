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
