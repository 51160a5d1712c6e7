using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

/// <summary>What <c>inspect --base</c> tells of a base, and <c>vulnerabilities</c> of a document.</summary>
public sealed class BaseTests : IDisposable
{
    const string Left = """{ "id": "GHSA-1", "modified": "2026-01-02T00:00:00Z", "affected": [{ "package": { "ecosystem": "npm", "name": "left" }, "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": "1.2.0" }] }] }] }""";

    static readonly byte[] Lower = Layer("left"), Upper = Layer("right");

    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    static byte[] Layer(string package) => Archive.Layer(($"app/node_modules/{package}/package.json", $$"""{"name":"{{package}}","version":"1.0.0"}"""));

    Task<Outcome> Run(params string[] arguments) => Tool.Run(arguments, null, ("PLIMSOLL_ADVISORIES", _folder.At("advisories")));

    async Task Import() => (await Run("advisories", "import", _folder.Write("all.zip", OsvExport.Zip(Left, Left.Replace("left", "right", StringComparison.Ordinal).Replace("GHSA-1", "GHSA-2", StringComparison.Ordinal))))).Exits(0);

    string Save(string name, params byte[][] layers) => _folder.Write(name, Archive.Of(new Image("shop/" + name.Replace(".tar", ":1", StringComparison.Ordinal), layers)));

    [Fact]
    public async Task How_many_come_from_the_base_is_said()
    {
        await Import();
        var (web, lower) = (Save("web.tar", Lower, Upper), Save("base.tar", Lower));
        var run = (await Run("inspect", web, "--base", lower)).Exits(0);
        Assert.Contains("built on shop/base:1", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 comes from the base image shop/base:1 (layer 0): a newer one may mend all of them", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
        using var json = JsonDocument.Parse((await Run("inspect", web, "--base", lower, "--format", "json")).Exits(0).Output);
        var image = json.RootElement.GetProperty("images")[0];
        Assert.Equal(("given", 1), (image.GetProperty("base").GetProperty("by").GetString(), image.GetProperty("base").GetProperty("layers").GetInt32()));
        Assert.Equal([("left", true), ("right", false)], image.GetProperty("vulnerabilities").EnumerateArray().Select(one => (one.GetProperty("name").GetString(), one.GetProperty("fromBase").GetBoolean())));
    }

    [Fact]
    public async Task A_base_that_is_none_is_said_with_the_layer_at_which_they_part_and_the_report_stands()
    {
        var run = (await Run("inspect", Save("web.tar", Lower, Upper), "--base", Save("other.tar", Lower, Layer("other")))).Exits(0);
        Assert.Matches(@"plimsoll: shop/web:1 was not built on .*other\.tar: they part at layer 1, which is [0-9a-f]{12} in the image and [0-9a-f]{12} in the base\n", run.Error);
        Assert.DoesNotContain("built on", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_that_cannot_be_read_is_said_and_the_report_stands()
    {
        var run = (await Run("inspect", Save("web.tar", Lower, Upper), "--base", _folder.At("none.tar"))).Exits(2);
        Assert.Contains("none.tar: no such file or directory", run.Error, StringComparison.Ordinal);
        Assert.Contains("shop/web:1", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cyclonedx")]
    [InlineData("spdx")]
    public async Task The_packages_of_a_document_have_what_those_of_the_image_have(string format)
    {
        await Import();
        var document = _folder.At("web.json");
        (await Run("sbom", Save("web.tar", Lower, Upper), "--format", $"{format}={document}")).Exits(0);
        var run = (await Run("vulnerabilities", document)).Exits(0);
        Assert.Contains("left 1.0.0 -> 1.2.0\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 npm packages", run.Output, StringComparison.Ordinal);
        Assert.Contains("layers, files, checks and secrets are not in it", string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await Run("vulnerabilities", document, "--format", "json")).Exits(0).Output);
        Assert.Equal(["GHSA-1", "GHSA-2"], json.RootElement.GetProperty("images")[0].GetProperty("vulnerabilities").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task What_is_no_document_and_what_there_is_no_data_for_ends_with_a_reason()
    {
        var document = _folder.Write("web.json", """{ "bomFormat": "CycloneDX", "components": [{ "type": "library", "name": "left", "version": "1", "purl": "pkg:npm/left@1" }] }""");
        Assert.Contains("there are no advisories to compare its packages with", (await Run("vulnerabilities", document)).Exits(2).Error, StringComparison.Ordinal);
        await Import();
        Assert.Contains("it is not JSON", (await Run("vulnerabilities", _folder.Write("x.json", "{"))).Exits(2).Error, StringComparison.Ordinal);
        Assert.Empty((await Run("vulnerabilities", _folder.At("none.json"))).Exits(2).Output);
        Assert.Contains("for an SBOM there is plimsoll vulnerabilities", (await Run("inspect", document)).Exits(2).Error, StringComparison.Ordinal);
    }
}
