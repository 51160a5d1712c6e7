using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

public sealed class OutputTests : IDisposable
{
    readonly Folder _folder = new();

    string Image => _folder.Write("web.tar", Archive.Of(
        Archive.Layer(("app/web", "one"), ("app/old", new string('o', 5000))),
        Archive.Layer(("app/.wh.old", ""))));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Standard_output_holds_the_json_report_and_nothing_else()
    {
        var run = (await Tool.Run("inspect", Image, "--format", "json")).Exits(0);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(5000, report.RootElement.GetProperty("images")[0].GetProperty("waste").GetProperty("reclaimableBytes").GetInt64());
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Several_formats_come_out_of_one_inspection()
    {
        var (json, markdown) = (_folder.At("report.json"), _folder.At("report.md"));
        var run = (await Tool.Run("inspect", Image, "--format", "terminal", "--format", $"json={json}", "--format", $"markdown={markdown}")).Exits(0);
        Assert.Contains("Layers", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("{", File.ReadAllText(json), StringComparison.Ordinal);
        Assert.StartsWith("## ", File.ReadAllText(markdown), StringComparison.Ordinal);
        Assert.Equal(["report.json", "report.md", "web.tar"], _folder.Files.Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("sarif", "{\n  \"$schema\"")]
    [InlineData("junit", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>")]
    [InlineData("gitlab", "{\n  \"version\"")]
    [InlineData("html", "<!doctype html>\n")]
    [InlineData("cyclonedx", "{\n  \"$schema\"")]
    [InlineData("spdx", "{\n  \"spdxVersion\"")]
    public async Task Each_format_goes_to_standard_output(string format, string start) =>
        Assert.StartsWith(start, (await Tool.Run("inspect", Image, "--format", format)).Exits(0).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_report_file_stays_as_it_was_when_the_inspection_fails()
    {
        var report = _folder.Write("report.json", "the last one");
        (await Tool.Run("inspect", _folder.At("nothing.tar"), "--format", $"json={report}")).Exits(2);
        Assert.Equal("the last one", File.ReadAllText(report));
    }

    [Fact]
    public async Task A_report_file_is_replaced_as_a_whole()
    {
        var report = _folder.Write("report.json", new string('x', 1_000_000));
        (await Tool.Run("inspect", Image, "--format", $"json={report}")).Exits(0);
        using var read = JsonDocument.Parse(File.ReadAllBytes(report));
    }

    [Fact]
    public async Task An_image_comes_in_on_standard_input()
    {
        var run = (await Tool.Run(["inspect", "-"], Archive.Of(Archive.Layer(("app/web", "one"))))).Exits(0);
        Assert.Contains("shop/web:1.0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_standard_input_is_said_to_be_empty() =>
        Assert.Contains("standard input: it is empty", (await Tool.Run("inspect", "-")).Exits(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task What_does_not_go_to_a_terminal_is_plain_ascii()
    {
        var run = (await Tool.Run("inspect", Repository.At("samples/webapp.tar"))).Exits(0);
        Assert.DoesNotContain('\e', run.Output);
        Assert.All(run.Output, c => Assert.True(c is '\n' or (>= ' ' and <= '~'), $"U+{(int)c:x4} is not plain"));
    }

    [Fact]
    public async Task Colour_can_be_asked_for()
    {
        var run = (await Tool.Run(["inspect", Image], null, ("FORCE_COLOR", "1"))).Exits(0);
        Assert.Contains("\e[", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NO_COLOR_has_the_last_word()
    {
        var run = (await Tool.Run(["inspect", Image], null, ("FORCE_COLOR", "1"), ("NO_COLOR", "1"))).Exits(0);
        Assert.DoesNotContain('\e', run.Output);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("100")]
    [InlineData("120")]
    public async Task No_line_is_wider_than_the_screen(string columns)
    {
        var policy = _folder.At("policy.yaml");
        (await Tool.Run("policy", "init", policy)).Exits(0);
        string[] verbs =
        [
            $"inspect samples/webapp.tar --policy {policy}", "compare samples/webapp.tar samples/webapp.tar", "layers samples/webapp.tar", "checks",
            "checks setuid-setgid", "--help", "inspect --help",
        ];
        foreach (var verb in verbs)
        {
            var run = await Tool.Run(verb.Split(' '), null, ("COLUMNS", columns));
            // What is there to be copied stays whole: command lines, and the code on a check's page.
            var isCode = verb.StartsWith("checks ", StringComparison.Ordinal) ? "    " : "  plimsoll ";
            Assert.All(run.Output.Split('\n').Where(line => !line.Contains(isCode, StringComparison.Ordinal)),
                line => Assert.True(line.Length <= int.Parse(columns), $"{verb}: {line.Length} columns: {line}"));
        }
    }

    [Fact]
    public async Task A_reader_that_has_seen_enough_ends_the_program_quietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes of a shell");
        var many = Archive.Layer([.. Enumerable.Range(0, 20_000).Select(i => ($"app/file-{i}", "x"))]);
        var run = await Tool.Shell($"set -o pipefail; plimsoll files '{_folder.Write("many.tar", Archive.Of(many))}' | head -1");
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_at_once_and_leaves_nothing_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        var (scratch, report) = (Directory.CreateDirectory(_folder.At("tmp")).FullName, _folder.At("report.json"));
        using var process = Tool.Start(["inspect", "-", "--format", $"json={report}"], ("TMPDIR", scratch));
        // More than a pipe holds: when it is written, the program is reading.
        var archive = Archive.Of(Archive.Layer(("app/web", new string('x', 400_000))));
        await process.StandardInput.BaseStream.WriteAsync(archive.AsMemory(0, 300_000), TestContext.Current.CancellationToken);
        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.False(File.Exists(report));
        Assert.Empty(Directory.EnumerateFiles(scratch));
    }
}
