using System.Text;
using System.Text.Json.Nodes;
using NJsonSchema;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Reports;
using Plimsoll.Engine.Tests.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles;

public sealed class AdviceFormatTests
{
    const string Text = "FROM debian\nENV API_TOKEN h4Gd93KsPq7LzX2vBn6T\nMAINTAINER [Ann](x)\nRUN sudo a\nRUN sudo a\n# plimsoll ignore=shell-form: it is a shell\nCMD a b\n";

    static DockerfileReview Review(string text = Text) => Adviser.Review(Encoding.UTF8.GetBytes(text));

    static string Written(Action<DockerfileReview, string, Stream> format, DockerfileReview? review = null, string file = "docker/Dockerfile") =>
        Encoding.UTF8.GetString(FormatSamples.Written(output => format(review ?? Review(), file, output)));

    [Fact]
    public async Task Sarif_fits_its_schema()
    {
        var package = await NpmPackage.Get("@microsoft/jest-sarif", "1.0.0-beta.0");
        var schema = await JsonSchema.FromFileAsync(Path.Combine(package, "lib/schemas/sarif-2.1.0-rtm.5.json"), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(Written(AdviceSarif.Write)));
        Assert.Empty(schema.Validate(Written(AdviceSarif.Write, Review("FROM scratch\n"))));
    }

    [Fact, Trait("Category", "Slow")]
    public async Task The_validator_of_the_SARIF_SDK_finds_no_error_by_its_own_rules_or_those_of_GitHub() => Assert.Empty(await SarifValidator.Complaints(Written(AdviceSarif.Write)));

    [Fact]
    public void Sarif_has_places_fixes_and_names_of_which_no_two_are_the_same()
    {
        var run = JsonNode.Parse(Written(AdviceSarif.Write, file: "a b/Dockerfile"))!["runs"]![0]!;
        var results = run["results"]!.AsArray();
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.All(results, result => Assert.Equal((string)result!["ruleId"]!, (string)rules[(int)result["ruleIndex"]!]!["id"]!));
        Assert.Equal(results.Count, results.Select(result => (string)result!["partialFingerprints"]!["plimsoll/v1"]!).Distinct().Count());
        var maintainer = results.Single(result => (string)result!["ruleId"]! == "maintainer")!;
        Assert.Equal("a%20b/Dockerfile", (string)maintainer["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!);
        Assert.Equal("""{"startLine":3,"startColumn":1,"endLine":3,"endColumn":11}""", maintainer["locations"]![0]!["physicalLocation"]!["region"]!.ToJsonString());
        var replacement = maintainer["fixes"]![0]!["artifactChanges"]![0]!["replacements"]![0]!;
        Assert.Equal((20, "LABEL org.opencontainers.image.authors=\"[Ann](x)\""), ((int)replacement["deletedRegion"]!["endColumn"]!, (string)replacement["insertedContent"]!["text"]!));
    }

    [Fact]
    public void Names_stay_when_lines_above_come_and_go() => Assert.Equal(
        Names(Review()).Order(StringComparer.Ordinal), Names(Review("# one more\n\n" + Text)).Order(StringComparer.Ordinal));

    static IEnumerable<string> Names(DockerfileReview review) => JsonNode.Parse(Written(AdviceCodeQuality.Write, review))!.AsArray().Select(one => (string)one!["fingerprint"]!);

    [Fact]
    public void Json_says_all_that_there_is()
    {
        var json = JsonNode.Parse(Written(AdviceJson.Write))!;
        Assert.Equal((1, "docker/Dockerfile", 1), ((int)json["schemaVersion"]!, (string)json["file"]!, (int)json["silenced"]!));
        var first = json["advices"]![0]!;
        Assert.Equal(["rule", "severity", "code", "title", "text", "remedy", "line", "column", "endLine", "endColumn", "fix"], first.AsObject().Select(member => member.Key));
        Assert.Equal(("root-user", "high", "DL3002", 1, 6), ((string)first["rule"]!, (string)first["severity"]!, (string)first["code"]!, (int)first["line"]!, (int)first["column"]!));
    }

    [Fact]
    public void GitLab_gets_what_its_code_quality_takes() => Assert.All(JsonNode.Parse(Written(AdviceCodeQuality.Write))!.AsArray(), one =>
    {
        Assert.Equal(["description", "check_name", "fingerprint", "severity", "location"], one!.AsObject().Select(member => member.Key));
        Assert.Contains((string)one["severity"]!, new[] { "info", "minor", "major", "critical", "blocker" });
        Assert.Equal("docker/Dockerfile", (string)one["location"]!["path"]!);
        Assert.InRange((int)one["location"]!["lines"]!["begin"]!, 1, 7);
    });

    [Fact]
    public void None_shows_a_secret_and_each_is_the_same_twice() => Assert.All(new Action<DockerfileReview, string, Stream>[] { AdviceJson.Write, AdviceSarif.Write, AdviceCodeQuality.Write }, format =>
    {
        Assert.DoesNotContain("Gd93Ks", Written(format), StringComparison.Ordinal);
        Assert.Equal(Written(format), Written(format));
    });
}
