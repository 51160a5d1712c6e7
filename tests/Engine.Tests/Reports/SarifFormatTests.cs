using System.Text;
using System.Text.Json.Nodes;
using NJsonSchema;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.Sarif;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class SarifFormatTests
{
    static string Sarif(Report report) => Encoding.UTF8.GetString(FormatSamples.Written(output => SarifFormat.Write(report, output)));

    static JsonNode Parse(Report report) => JsonNode.Parse(Sarif(report))!;

    static List<JsonNode> Results(Report report) => [.. Parse(report)["runs"]![0]!["results"]!.AsArray().Select(result => result!)];

    static Report Of(params Finding[] findings) => new([SampleReport.Of(findings: findings)], []);

    static Report Of(params SecretReport[] secrets) => new([SampleReport.Of(secrets: secrets)], []);

    public static TheoryData<string> Reports => ["web app", "bare", "hostile", "stated"];

    static async Task<Report> Named(string name) => name switch
    {
        "web app" => await FormatSamples.WebApp(),
        "bare" => FormatSamples.Bare(),
        "stated" => SbomSamples.Stated(),
        _ => FormatSamples.Hostile(),
    };

    [Theory, MemberData(nameof(Reports))]
    public async Task It_fits_the_schema_of_SARIF(string report)
    {
        var package = await NpmPackage.Get("@microsoft/jest-sarif", "1.0.0-beta.0");
        var schema = await JsonSchema.FromFileAsync(Path.Combine(package, "lib/schemas/sarif-2.1.0-rtm.5.json"), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(Sarif(await Named(report))));
        Assert.NotEmpty(schema.Validate("""{ "version": "2.1.0", "runs": [{ "results": [] }] }"""));
    }

    [Theory, MemberData(nameof(Reports)), Trait("Category", "Slow")]
    public async Task The_validator_of_the_SARIF_SDK_finds_no_error_by_its_own_rules_or_those_of_GitHub(string report) =>
        Assert.Empty(await SarifValidator.Complaints(Sarif(await Named(report))));

    [Fact]
    public async Task Each_finding_and_each_secret_of_the_sample_is_a_result_once()
    {
        var report = await FormatSamples.WebApp();
        var image = report.Images[0];
        var repeated = image.Findings.Count(finding => finding.Check is "secret-in-env" or "secret-in-history");
        Assert.Equal(repeated, image.Secrets.Count(secret => secret.Path is null));
        Assert.Equal(image.Findings.Count - repeated + image.Secrets.Count, Results(report).Count);
        Assert.Equal(image.Secrets.Count, Results(report).Count(result => ((string)result["ruleId"]!).StartsWith("secret/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_result_names_its_rule_and_the_rule_of_a_check_has_its_page()
    {
        var run = Parse(await FormatSamples.WebApp())["runs"]![0]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.All(run["results"]!.AsArray(), result => Assert.Equal((string?)result!["ruleId"], (string?)rules[(int)result["ruleIndex"]!]!["id"]));
        var user = rules.Single(rule => (string?)rule!["id"] == "non-root-user")!;
        Assert.StartsWith("# non-root-user", (string)user["help"]!["markdown"]!, StringComparison.Ordinal);
        Assert.Equal("8.0", (string?)user["properties"]!["security-severity"]);
        Assert.True(File.Exists(Repository.At((string)user["properties"]!["page"]!)));
        Assert.All(rules, rule => Assert.NotEmpty((string)rule!["fullDescription"]!["text"]!));
    }

    [Theory]
    [InlineData(Severity.Critical, "error")]
    [InlineData(Severity.High, "error")]
    [InlineData(Severity.Medium, "warning")]
    [InlineData(Severity.Low, "note")]
    [InlineData(Severity.Info, "note")]
    public void The_level_follows_from_the_severity(Severity severity, string level) =>
        Assert.Equal(level, (string?)Results(Of(SampleReport.Finding("a-check", severity)))[0]["level"]);

    [Theory]
    [InlineData("usr/bin/su", "usr/bin/su")]
    [InlineData("a b/c#d?e%f", "a%20b/c%23d%3Fe%25f")]
    [InlineData("c:/x", "c%3A/x")]
    [InlineData("é/\\x", "%C3%A9/%5Cx")]
    public void A_path_is_a_relative_reference_below_the_root_of_the_image(string path, string uri)
    {
        var place = Results(Of(SampleReport.Finding("a-check", Severity.Low, path: path)))[0]["locations"]![0]!["physicalLocation"]!["artifactLocation"]!;
        Assert.Equal(uri, (string?)place["uri"]);
        Assert.Equal("IMAGE", (string?)place["uriBaseId"]);
        Assert.Equal(path, Uri.UnescapeDataString((string)place["uri"]!));
    }

    [Fact]
    public void A_secret_of_the_environment_has_a_logical_place()
    {
        var location = Results(Of(SampleReport.Secret(Severity.Critical)))[0]["locations"]![0]!;
        Assert.Equal("config.Env.TOKEN", (string?)location["logicalLocations"]![0]!["fullyQualifiedName"]);
        Assert.Equal("docker.io/shop/web", (string?)location["physicalLocation"]!["artifactLocation"]!["uri"]);
    }

    [Fact]
    public void A_secret_in_a_file_has_its_line() =>
        Assert.Equal(12, (int)Results(Of(new SecretReport("r", "t", Severity.High, "a.py:12", "a.py", 12, 1, null, "x****")))[0]["locations"]![0]!["physicalLocation"]!["region"]!["startLine"]!);

    [Fact]
    public void The_fingerprint_stays_when_layers_lines_and_values_change_and_differs_between_places()
    {
        static List<string> Prints(params SecretReport[] secrets) =>
            [.. Results(Of(secrets)).Select(result => (string)result["partialFingerprints"]!["primaryLocationLineHash"]!)];
        var before = new SecretReport("r", "t", Severity.High, "a.py:12", "a.py", 12, 1, null, "x****");
        var after = before with { Location = "a.py:40", Line = 40, Layer = 7, Masked = "y****" };
        Assert.Equal(Prints(before), Prints(after));
        var step = before with { Location = "history step 4 TOKEN", Path = null };
        Assert.Equal(Prints(step), Prints(step with { Location = "history step 11 TOKEN" }));
        Assert.Equal(4, Prints(before, after, before with { Path = "b.py" }, step).Distinct().Count());
        Assert.All(Prints(before), print => Assert.Matches("^[0-9a-f]{16}:1$", print));
    }

    [Fact]
    public void Brackets_in_a_message_make_no_link() =>
        Assert.Contains(@"see \[a](http://x)", (string)Results(Of(SampleReport.Finding("c", Severity.Low, "see [a](http://x)")))[0]["message"]!["text"]!, StringComparison.Ordinal);

    [Fact]
    public void What_failed_is_a_run_that_was_not_successful()
    {
        var runs = Parse(FormatSamples.Bare())["runs"]!.AsArray();
        var invocation = runs[1]!["invocations"]![0]!;
        Assert.True((bool)runs[0]!["invocations"]![0]!["executionSuccessful"]!);
        Assert.False((bool)invocation["executionSuccessful"]!);
        Assert.Equal(["web.tar: it is empty: make it again", "old.tar: it is cut short"],
            invocation["toolExecutionNotifications"]!.AsArray().Select(notification => (string)notification!["message"]!["text"]!));
    }

    [Fact]
    public void Each_run_has_a_category_of_its_own_that_the_next_version_keeps()
    {
        static IEnumerable<string> Categories(params string[] names) => Parse(new Report([.. names.Select(name => SampleReport.Of() is var image
            ? image with { Image = image.Image with { Reference = name, ConfigDigest = Engine.Images.Digest.Of(Encoding.UTF8.GetBytes(name)) } } : null!)], []))["runs"]!.AsArray()
            .Select(run => (string)run!["automationDetails"]!["id"]!);
        Assert.Equal(["plimsoll/docker.io/shop/web/linux/amd64/"], Categories("shop/web:1"));
        Assert.Equal(Categories("shop/web:1"), Categories("shop/web:2"));
        Assert.Equal(2, Categories("shop/web:1", "shop/web:2").Distinct().Count());
    }

    [Fact]
    public async Task The_same_image_gives_the_same_bytes()
    {
        var first = Sarif(await FormatSamples.WebApp());
        Assert.Equal(first, Sarif(await FormatSamples.WebApp()));
        Assert.EndsWith("}\n", first);
        Assert.DoesNotContain('\r', first);
    }
}
