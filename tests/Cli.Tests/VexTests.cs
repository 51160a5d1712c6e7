using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

/// <summary>What <c>inspect</c> and <c>explain</c> make of statements on the vulnerabilities of the sample image.</summary>
public sealed class VexTests : IDisposable
{
    const string Image = "samples/webapp.tar";

    const string Flask = """
        { "id": "PYSEC-2026-1", "modified": "2026-01-02T00:00:00Z", "published": "2026-01-02T00:00:00Z", "aliases": ["CVE-2026-1"], "summary": "Flask leaks",
          "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" }],
          "affected": [{ "package": { "ecosystem": "PyPI", "name": "Flask" }, "ranges": [{ "type": "ECOSYSTEM", "events": [{ "introduced": "0" }, { "fixed": "3.1.0" }] }] }] }
        """;

    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    Task<Outcome> Run(params string[] arguments) => Tool.Run(arguments, null, ("PLIMSOLL_ADVISORIES", _folder.At("advisories")));

    async Task Import() => (await Run("advisories", "import", _folder.Write("all.zip", OsvExport.Zip([Flask])))).Exits(0);

    string Document(string product, string status = "not_affected", int version = 1, string more = ", \"justification\": \"vulnerable_code_not_in_execute_path\"", string name = "web.openvex.json") => _folder.Write(name, $$"""
        { "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://vex.example/web", "author": "team-a", "timestamp": "2026-03-01T00:00:00Z", "version": {{version}},
          "statements": [{ "vulnerability": { "name": "CVE-2026-1" }, "products": [{ "@id": "{{product}}" }], "status": "{{status}}"{{more}} }] }
        """);

    static string Plain(string output) => string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task What_is_stated_is_shown_apart_and_judged_by_no_policy()
    {
        await Import();
        // The packages of the distribution are covered by nothing here.
        var policy = _folder.Write("policy.yaml", "name: strict\nvulnerabilities: { failOn: high, whenNoData: pass }\n");
        (await Run("inspect", Image, "--policy", policy)).Exits(1);
        var run = (await Run("inspect", Image, "--policy", policy, "--vex", Document("pkg:pypi/Flask@3.0.3"))).Exits(0);
        Assert.Contains("1 not affected by VEX: CVE-2026-1 in flask", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1 high", run.Output, StringComparison.Ordinal);

        var deaf = _folder.Write("deaf.yaml", "name: deaf\nvulnerabilities: { failOn: high, whenNoData: pass, ignoreVex: true }\n");
        (await Run("inspect", Image, "--policy", deaf, "--vex", _folder.At("web.openvex.json"))).Exits(1);
    }

    [Fact]
    public async Task The_newest_state_of_a_document_holds_in_whatever_order_they_are_given()
    {
        await Import();
        var (old, now) = (Document("pkg:pypi/flask", name: "1.json"), Document("pkg:pypi/flask", "affected", 2, "", "2.json"));
        foreach (var files in (string[][])[["--vex", old, "--vex", now], ["--vex", now, "--vex", old]])
        {
            using var json = JsonDocument.Parse((await Run(["inspect", Image, "--format", "json", .. files])).Exits(0).Output);
            Assert.Equal("affected", json.RootElement.GetProperty("images")[0].GetProperty("vulnerabilities")[0].GetProperty("vex").GetProperty("status").GetString());
        }
    }

    [Theory]
    [InlineData("pkg:pypi/flask", "flask: not affected (vulnerable code not in execute path) as team-a states in https://vex.example/web; it is about pkg:pypi/flask")]
    [InlineData("pkg:pypi/flask@3.0.4", "flask: https://vex.example/web says not affected: it is about version 3.0.4, and 3.0.3 is installed")]
    public async Task What_holds_and_what_does_not_is_explained(string product, string why)
    {
        await Import();
        Assert.Contains(why, Plain((await Run("explain", "CVE-2026-1", Image, "--vex", Document(product))).Exits(0).Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_cannot_be_used_is_named_and_a_file_that_is_none_is_wrong_usage()
    {
        await Import();
        var run = (await Run("inspect", Image, "--vex", Document("pkg:pypi/flask", more: ""))).Exits(0);
        Assert.Contains("web.openvex.json: statement 1, CVE-2026-1, is not used: it says not affected, and gives neither a justification nor an impact statement", run.Error, StringComparison.Ordinal);
        Assert.Contains("it cannot be read as VEX: it is none of OpenVEX", (await Run("inspect", Image, "--vex", _folder.Write("none.json", "{}"))).Exits(64).Error, StringComparison.Ordinal);
        Assert.Contains("there is no VEX document 'nowhere.json'", (await Run("explain", "CVE-2026-1", Image, "--vex", "nowhere.json")).Exits(64).Error, StringComparison.Ordinal);
    }
}
