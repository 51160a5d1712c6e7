using System.Text;
using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

public sealed class AdviseTests : IDisposable
{
    const string Good = "FROM scratch\nCOPY app /app\nUSER 10001\nENTRYPOINT [\"/app\"]\n";

    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Dockerfile(string text) => _folder.Write("Dockerfile", text);

    [Fact]
    public async Task A_file_without_fault_exits_0_and_says_so()
    {
        var run = (await Tool.Run("advise", Dockerfile(Good))).Exits(0);
        Assert.EndsWith("Dockerfile: nothing to mend\n", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_finding_has_its_place_its_line_a_mark_and_a_remedy()
    {
        var file = Dockerfile(Good + "RUN\tsudo make\n");
        var run = (await Tool.Run("advise", file)).Exits(1);
        Assert.Contains($"{file}:5:5  medium  sudo  DL3004\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  5 | RUN sudo make\n    |     ^^^^\n  -> Write USER root", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("medium", 1)]
    [InlineData("low", 1)]
    [InlineData("high", 0)]
    [InlineData("none", 0)]
    public async Task The_exit_code_goes_by_the_worst(string limit, int code) =>
        (await Tool.Run("advise", Dockerfile(Good + "RUN sudo make\n"), "--fail-on", limit)).Exits(code);

    [Fact]
    public async Task What_cannot_be_built_is_told_as_a_compiler_does()
    {
        var file = Dockerfile("FROM a:1\n\nRUNN x\n");
        var run = (await Tool.Run("advise", file, "--format", "json")).Exits(2);
        Assert.Equal(($"{file}:3:1: there is no instruction RUNN: is RUN meant?\n", ""), (run.Error, run.Output));
    }

    [Theory]
    [InlineData(new byte[] { 0x46, 0xff, 0x0a }, "1:2: there are bytes here that are not UTF-8")]
    [InlineData(new byte[] { }, "the file has no instruction")]
    public async Task Bad_bytes_are_an_error(byte[] content, string error) =>
        Assert.Contains(error, (await Tool.Run("advise", _folder.Write("Dockerfile", content))).Exits(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_not_there_or_too_large_exits_2_with_one_line()
    {
        Assert.Contains("no such file", (await Tool.Run("advise", _folder.At("none"))).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("it is a directory", (await Tool.Run("advise", _folder.Path)).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("more than the 2097152", (await Tool.Run("advise", _folder.Write("Dockerfile", new byte[3 << 20]))).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_read() =>
        Assert.Contains("-:5:5  medium  sudo", (await Tool.Run(["advise", "-"], Encoding.UTF8.GetBytes(Good + "RUN sudo make\n"))).Exits(1).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Several_formats_come_out_of_one_review()
    {
        var (sarif, gitlab) = (_folder.At("a.sarif"), _folder.At("a.json"));
        var run = (await Tool.Run("advise", Dockerfile(Good + "RUN sudo make\n"), "--format", "json", "--format", $"sarif={sarif}", "--format", $"gitlab={gitlab}")).Exits(1);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("sudo", json.RootElement.GetProperty("advices")[0].GetProperty("rule").GetString());
        Assert.Contains("\"ruleId\": \"sudo\"", File.ReadAllText(sarif), StringComparison.Ordinal);
        Assert.Contains("\"check_name\": \"sudo\"", File.ReadAllText(gitlab), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fix_is_a_diff_and_changes_nothing_by_itself()
    {
        var file = Dockerfile(Good + "MAINTAINER Ann\r\n");
        var run = (await Tool.Run("advise", file, "--fix")).Exits(0);
        Assert.Contains("\n-MAINTAINER Ann\r\n+LABEL org.opencontainers.image.authors=\"Ann\"\r\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(Good + "MAINTAINER Ann\r\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task Written_it_keeps_the_mode_and_the_link_and_a_second_time_changes_nothing()
    {
        var file = Dockerfile(Good + "MAINTAINER Ann\nRUN sudo x");
        var link = _folder.At("Linked");
        File.CreateSymbolicLink(link, file);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var run = (await Tool.Run("advise", link, "--fix", "--write")).Exits(1);
        Assert.Equal(("", $"plimsoll: {link}: 1 finding mended, 1 left\n"), (run.Output, run.Error));
        Assert.Equal(Good + "LABEL org.opencontainers.image.authors=\"Ann\"\nRUN sudo x", File.ReadAllText(file));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
        Assert.Equal(2, _folder.Files.Count());
        Assert.Empty((await Tool.Run("advise", file, "--fix")).Exits(1).Output);
    }

    [Fact]
    public async Task A_file_cannot_write_to_the_terminal()
    {
        var run = (await Tool.Run("advise", Dockerfile(Good + "RUN sudo \u001b[31m\u202ex\n"))).Exits(1);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u202e', run.Output);
    }

    [Fact]
    public async Task Rules_are_listed_and_each_has_its_page()
    {
        Assert.Matches(@"\nlow +shell-form +A shell stands", (await Tool.Run("rules")).Exits(0).Output);
        Assert.StartsWith("shell-form: A shell stands between", (await Tool.Run("rules", "shell-form")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_reading_of_a_pipe_that_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var process = Tool.Start(["advise", "-"]);
        // More than a pipe holds: when it is written, the program is reading.
        await process.StandardInput.BaseStream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("# more\n", 40_000))), TestContext.Current.CancellationToken);
        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
    }
}
