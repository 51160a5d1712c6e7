using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

public sealed class ExitCodeTests : IDisposable
{
    readonly Folder _folder = new();

    string Image => _folder.Write("web.tar", Archive.Of(Archive.Layer(("app/web", "one"))));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_image_without_a_policy_exits_0()
    {
        var run = (await Tool.Run("inspect", Image)).Exits(0);
        Assert.Contains("shop/web:1.0", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("limits: { layers: 1 }", 0)]
    [InlineData("limits: { layers: 0 }", 1)]
    [InlineData("vulnerabilities: { failOn: high }", 3)]
    [InlineData("limits: { layers: 0 }\nvulnerabilities: { failOn: high }", 1)]
    public async Task The_exit_code_is_the_verdict(string rules, int code) =>
        (await Tool.Run("inspect", Image, "--policy", _folder.Write("policy.yaml", $"name: test\n{rules}\n"))).Exits(code);

    [Theory]
    [InlineData("nothing-here.tar", "no such file")]
    [InlineData("./nothing-here", "no such file")]
    [InlineData("Not A Name", "neither a file nor an image reference")]
    public async Task What_is_not_there_exits_2_with_one_line_that_says_so(string name, string why)
    {
        var run = (await Tool.Run("inspect", name)).Exits(2);
        Assert.StartsWith($"plimsoll: {name}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task What_is_no_image_exits_2_and_says_what_to_give()
    {
        var run = (await Tool.Run("inspect", _folder.Write("web.tar", "not an image"))).Exits(2);
        Assert.Contains("docker save", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_exits_2_without_a_stack_trace()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may read everything");
        var file = Image;
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(file, UnixFileMode.None);
        var run = (await Tool.Run("inspect", file)).Exits(2);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_exits_2_without_a_stack_trace()
    {
        var run = (await Tool.Run("inspect", Image, "--format", $"json={_folder.At("no/such/folder/report.json")}")).Exits(2);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Good_images_are_reported_though_another_cannot_be_inspected()
    {
        var whole = Archive.Layer(("app/web", "one"));
        var archive = Archive.Of(new Image("shop/good:1", whole), new Image("shop/bad:1", Archive.Layer(("app/bad", new string('b', 2000)))));
        var damaged = archive.AsSpan().IndexOf("bbbbbbbb"u8);
        archive[damaged + 100] = (byte)'x';
        var run = (await Tool.Run("inspect", _folder.Write("both.tar", archive))).Exits(2);
        Assert.Contains("shop/good:1", run.Output, StringComparison.Ordinal);
        Assert.Contains("plimsoll: shop/bad:1: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspct", "did you mean 'plimsoll inspect'")]
    [InlineData("--version", "did you mean 'plimsoll version'")]
    [InlineData("inspect", "missing")]
    [InlineData("inspect a.tar b.tar", "there is no 'b.tar'")]
    [InlineData("inspect a.tar --platfrom linux/amd64", "did you mean 'plimsoll inspect --platform'")]
    [InlineData("inspect a.tar --platform linux", "'linux' is not a platform")]
    [InlineData("inspect a.tar --format yaml", "there is no format 'yaml'")]
    [InlineData("inspect a.tar --format json=", "wants a file")]
    [InlineData("inspect a.tar --format json --format markdown", "only one format")]
    [InlineData("inspect a.tar --policy nowhere.yaml", "policy init nowhere.yaml")]
    [InlineData("files a.tar --sort colour", "colour")]
    [InlineData("layers a.tar --top 3", "--top")]
    [InlineData("checks no-such-check", "no-such-check")]
    [InlineData("rules no-such-rule", "no-such-rule")]
    [InlineData("advise", "missing")]
    [InlineData("advise x --write", "--write makes the changes of --fix")]
    [InlineData("advise - --fix --write", "standard input cannot be written")]
    [InlineData("advise x --fix --format json", "--fix prints a diff")]
    [InlineData("advise x --fail-on bad", "bad")]
    [InlineData("advise x --format junit", "there is no format 'junit'")]
    [InlineData("completion tcsh", "tcsh")]
    [InlineData("policy", "--help")]
    [InlineData("rollouts explane web", "did you mean 'plimsoll rollouts explain'")]
    [InlineData("rollouts explain", "missing")]
    [InlineData("rollouts explain Web/1", "'Web/1' cannot be the name of an ImageRollout")]
    [InlineData("rollouts explain web --namespaec shop", "did you mean 'plimsoll rollouts explain --namespace'")]
    [InlineData("rollouts --timeout 5", "'5' is not a time")]
    public async Task Wrong_usage_exits_64_with_one_line_and_a_hint(string line, string hint)
    {
        var run = (await Tool.Run(line.Split(' '))).Exits(64);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task No_arguments_are_wrong_usage_and_show_the_help()
    {
        var run = (await Tool.Run()).Exits(64);
        Assert.Contains("inspect", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
