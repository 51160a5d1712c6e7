using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

public sealed class VerbTests : IDisposable
{
    readonly Folder _folder = new();

    string Before => _folder.Write("before.tar", Archive.Of(Archive.Layer(("app/", ""), ("app/web", "one"), ("app/gone", "0123456789"))));

    string After => _folder.Write("after.tar", Archive.Of(
        Archive.Layer(("app/", ""), ("app/web", "one"), ("app/gone", "0123456789")),
        Archive.Layer(("app/", ""), ("app/web", "two!"), ("app/new", "n"), ("app/.wh.gone", ""))));

    string Both => _folder.Write("both.tar", Archive.Of(
        new Image("web:1", Archive.Layer(("a", "1"))),
        new Image("web:2", Archive.Layer(("a", "22")))));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Layers_shows_what_each_layer_added_replaced_and_removed()
    {
        var lines = (await Tool.Run(["layers", After], null, ("COLUMNS", "160"))).Exits(0).Output.Split('\n');
        Assert.Matches(@"^  1  [0-9a-f]{12} .* 5 B .* 1 B +3 B +10 B +2  RUN step 1$", lines[2]);
    }

    [Fact]
    public async Task Files_of_a_layer_are_marked_with_what_the_layer_did()
    {
        var lines = (await Tool.Run("files", After, "--layer", "1")).Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Collection(lines,
            line => Assert.Matches(@"^- -rw-r--r-- .*10 B  app/gone$", line),
            line => Assert.Matches(@"^\+ -rw-r--r-- .*1 B  app/new$", line),
            line => Assert.Matches(@"^~ -rw-r--r-- .*4 B  app/web$", line));
    }

    [Fact]
    public async Task Files_are_those_that_a_container_sees_the_largest_first_when_asked()
    {
        var run = (await Tool.Run("files", After, "--sort", "size", "--top", "1")).Exits(0);
        Assert.EndsWith("app/web", Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_below_a_path_come_as_json()
    {
        var run = (await Tool.Run("files", After, "--path", "/app/new", "--format", "json")).Exits(0);
        using var listing = JsonDocument.Parse(run.Output);
        var file = Assert.Single(listing.RootElement.GetProperty("files").EnumerateArray().ToList());
        Assert.Equal(("app/new", "0644"), (file.GetProperty("path").GetString(), file.GetProperty("mode").GetString()));
        Assert.Equal((1, 1), (file.GetProperty("size").GetInt32(), file.GetProperty("layer").GetInt32()));
    }

    [Theory]
    [InlineData("docker.io", "in REGISTRY_MIRRORS, 'docker.io' is no pair")]
    [InlineData("docker.io=https://ann:s3cret@mirror.example", "in REGISTRY_MIRRORS, 'mirror.example' cannot be a mirror of docker.io")]
    public async Task Mirrors_that_are_none_are_wrong_usage_whatever_is_inspected(string mirrors, string message)
    {
        var run = (await Tool.Run(["inspect", After], null, ("REGISTRY_MIRRORS", mirrors))).Exits(64);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_that_is_not_there_is_wrong_usage() =>
        Assert.Contains("they go from 0 to 1", (await Tool.Run("files", After, "--layer", "2")).Exits(64).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Compare_says_what_came_went_and_changed()
    {
        var run = (await Tool.Run("compare", Before, After)).Exits(0);
        Assert.Contains("1 shared, 1 added, 0 removed", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\+ +\+1 B  app/new", run.Output);
        Assert.Matches(@"~ +\+1 B  app/web", run.Output);
        Assert.Matches(@"- +-10 B  app/gone", run.Output);
    }

    [Fact]
    public async Task Compare_sees_a_second_secret_beside_an_old_one()
    {
        var layer = Archive.Layer(("app/web", "one"));
        Image With(string name, params string[] env) => new(name, layer) { Config = new JsonObject { ["Env"] = new JsonArray([.. env.Select(e => (JsonNode)e)]) } };
        var both = _folder.Write("both.tar", Archive.Of(
            With("web:1", "DB_PASSWORD=kx81Vbqz04wP"), With("web:2", "DB_PASSWORD=kx81Vbqz04wP", "SECRET_KEY=q7Zr2LmX55tY")));
        var run = (await Tool.Run("compare", both, both, "--image", "web:1", "--image", "web:2")).Exits(0);
        Assert.Matches("secret-in-env .*SECRET_KEY", run.Output);
        Assert.DoesNotContain("DB_PASSWORD", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_takes_two_images_of_one_archive()
    {
        var both = Both;
        var run = (await Tool.Run("compare", both, both, "--image", "web:1", "--image", "web:2", "--format", "json")).Exits(0);
        using var comparison = JsonDocument.Parse(run.Output);
        Assert.Equal(1, comparison.RootElement.GetProperty("base").GetProperty("size").GetInt32());
        Assert.Equal(2, comparison.RootElement.GetProperty("head").GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Sbom_writes_cyclonedx_to_standard_output_and_nothing_else()
    {
        var run = (await Tool.Run("sbom", Repository.At("samples/webapp.tar"))).Exits(0);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(("CycloneDX", "1.6"), (document.RootElement.GetProperty("bomFormat").GetString(), document.RootElement.GetProperty("specVersion").GetString()));
        Assert.Contains(document.RootElement.GetProperty("components").EnumerateArray(), component => component.GetProperty("name").GetString() == "flask");
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Sbom_and_inspect_write_the_same_documents()
    {
        var before = Before;
        (await Tool.Run("sbom", before, "--format", $"cyclonedx={_folder.At("a.cdx.json")}", "--format", $"spdx={_folder.At("a.spdx.json")}")).Exits(0);
        (await Tool.Run("inspect", before, "--format", $"cyclonedx={_folder.At("b.cdx.json")}", "--format", $"spdx={_folder.At("b.spdx.json")}")).Exits(0);
        Assert.Equal(File.ReadAllText(_folder.At("a.cdx.json")), File.ReadAllText(_folder.At("b.cdx.json")));
        Assert.Equal(File.ReadAllText(_folder.At("a.spdx.json")), File.ReadAllText(_folder.At("b.spdx.json")));
        Assert.Contains("SPDX-2.3", File.ReadAllText(_folder.At("a.spdx.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sbom_of_several_images_names_each()
    {
        using var document = JsonDocument.Parse((await Tool.Run("sbom", Both)).Exits(0).Output);
        Assert.Equal(2, document.RootElement.GetProperty("components").GetArrayLength());
    }

    [Fact]
    public async Task Sbom_writes_only_formats_that_list_packages() =>
        Assert.Contains("there are cyclonedx, spdx", (await Tool.Run("sbom", Before, "--format", "terminal")).Exits(64).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Sbom_of_what_is_no_image_says_so_and_writes_nothing() =>
        Assert.Empty((await Tool.Run("sbom", _folder.Write("web.tar", "no tar"))).Exits(2).Output);

    [Fact]
    public async Task A_verb_for_one_image_asks_which_when_there_are_several()
    {
        var both = Both;
        var run = (await Tool.Run("layers", both)).Exits(2);
        Assert.Contains("web:1 (linux/amd64), web:2 (linux/amd64)", run.Error, StringComparison.Ordinal);
        (await Tool.Run("layers", both, "--image", "web:2")).Exits(0);
    }

    [Fact]
    public async Task A_platform_that_is_not_there_is_named_with_those_that_are()
    {
        var run = (await Tool.Run("inspect", Before, "--platform", "linux/arm64")).Exits(2);
        Assert.Contains("linux/amd64", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_init_writes_what_policy_check_accepts_and_never_overwrites()
    {
        var file = _folder.At("policy.yaml");
        (await Tool.Run("policy", "init", file)).Exits(0);
        (await Tool.Run("policy", "check", file)).Exits(0);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        (await Tool.Run("policy", "init", file)).Exits(64);
        Assert.Equal(text, (await Tool.Run("policy", "init")).Exits(0).Output);
    }

    [Fact]
    public async Task Policy_check_names_each_problem_with_its_line_and_column()
    {
        var file = _folder.Write("policy.yaml", "name: test\nlimit:\n  size: 1MiB\nfindings: { failOn: hihg }\n");
        var run = (await Tool.Run("policy", "check", file)).Exits(64);
        Assert.Contains($"{file}:2:1: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:4:21: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_lists_them_and_explains_one()
    {
        Assert.Contains("setuid-setgid", (await Tool.Run("checks")).Exits(0).Output, StringComparison.Ordinal);
        var page = (await Tool.Run("checks", "setuid-setgid")).Exits(0).Output;
        Assert.Contains("How to fix", page, StringComparison.Ordinal);
        Assert.DoesNotContain("```", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_printed() => Assert.Matches(@"^plimsoll \d+\.\d+\.\d+", (await Tool.Run("version")).Exits(0).Output);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_asks_the_program_itself(string shell) =>
        Assert.Contains("[suggest:", (await Tool.Run("completion", shell)).Exits(0).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("plimsoll ", "inspect compare layers files sbom policy checks advisories vulnerabilities login submit wait verdict report images logout rollouts completion version")]
    [InlineData("plimsoll rollouts ", "explain --namespace --all-namespaces --context")]
    [InlineData("plimsoll rollouts explain web --format ", "terminal json")]
    [InlineData("plimsoll policy ", "init check")]
    [InlineData("plimsoll advisories ", "update import status")]
    [InlineData("plimsoll advisories update --", "--from --replace")]
    [InlineData("plimsoll inspect web.tar --format ", "terminal json markdown cyclonedx spdx sarif junit gitlab html")]
    [InlineData("plimsoll sbom web.tar --format ", "cyclonedx spdx")]
    [InlineData("plimsoll vulnerabilities web.cdx.json --format ", "terminal json cyclonedx spdx")]
    [InlineData("plimsoll report web:1 --format ", "terminal json markdown cyclonedx spdx sarif junit gitlab html")]
    [InlineData("plimsoll submit web.tar --p", "--platform --policy --plain-http")]
    [InlineData("plimsoll login --token", "--token-stdin --token-file")]
    [InlineData("plimsoll checks set", "setuid-setgid")]
    [InlineData("plimsoll inspect --p", "--platform --policy --plain-http")]
    public async Task The_program_says_what_may_come_next(string line, string words)
    {
        var answers = (await Tool.Run($"[suggest:{line.Length}]", line)).Exits(0).Output.Split('\n');
        Assert.All(words.Split(' '), word => Assert.Contains(word, answers));
    }

    [Fact]
    public async Task Bash_completes_with_the_script()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash");
        var run = (await Tool.Shell("""
            source <(plimsoll completion bash)
            COMP_LINE='plimsoll policy in' COMP_POINT=18 COMP_WORDS=(plimsoll policy in) COMP_CWORD=2
            _plimsoll
            echo "${COMPREPLY[@]}"
            """)).Exits(0);
        Assert.Equal("init\n", run.Output);
    }
}
