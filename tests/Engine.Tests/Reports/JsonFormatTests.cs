using System.Text;
using System.Text.Json.Nodes;
using NJsonSchema;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class JsonFormatTests
{
    static async Task<Report> Judged(ImageSource source)
    {
        var policy = PolicyReader.Read(PolicyTemplate.Text, CheckCatalogue.All.Select(check => check.Id).ToHashSet()).Policy!;
        var report = (await TestImage.Inspect(source)).Report;
        return report with { Images = [.. report.Images.Select(image => image with { Verdict = Gate.Decide(image, policy, DateTimeOffset.UnixEpoch) })] };
    }

    static Task<Report> Sample() => Judged(new ImageSource.File(Repository.At("samples/webapp.tar")));

    static string Json(Report report)
    {
        var bytes = new MemoryStream();
        JsonFormat.Write(report, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    static async Task<ICollection<NJsonSchema.Validation.ValidationError>> Errors(string json) =>
        (await JsonSchema.FromFileAsync(Repository.At("docs/report.schema.json"), TestContext.Current.CancellationToken)).Validate(json);

    [Fact]
    public async Task The_sample_fits_the_published_schema() => Assert.Empty(await Errors(Json(await Sample())));

    [Fact]
    public async Task An_image_that_says_nothing_of_itself_fits_the_published_schema()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("image.tar", TestImage.Tar(new TestImage(new TestLayer().File("a", 1).Tar()).Layout()));
        Assert.Empty(await Errors(Json((await TestImage.Inspect(new ImageSource.File(file))).Report)));
    }

    [Fact]
    public async Task A_failure_fits_the_published_schema() =>
        Assert.Empty(await Errors(Json(new Report([], [new Failure("web.tar", "it is empty", null), new Failure("web.tar", "it is empty", "make it again")]))));

    [Theory]
    [InlineData("size", "\"many\"")]
    [InlineData("platform", "7")]
    [InlineData("unheardOf", "1")]
    public async Task The_schema_refuses_what_is_not_a_report(string member, string value)
    {
        var json = JsonNode.Parse(Json(await Sample()))!;
        json["images"]![0]!["image"]![member] = JsonNode.Parse(value);
        Assert.NotEmpty(await Errors(json.ToJsonString()));
    }

    [Theory]
    [InlineData("image", "reference,manifestDigest,configDigest,platform,size,compressedSize")]
    [InlineData("layers", "digest,diffId,command,size,files,added,overwritten,removed")]
    [InlineData("waste", "reclaimableBytes,duplicateBytes,files,dive")]
    [InlineData("waste.files", "path,bytes,layer,hiddenBy")]
    [InlineData("waste.dive", "efficiency,wastedBytes,userWastedPercent")]
    [InlineData("findings", "check,severity,title,evidence,layer,remedy")]
    [InlineData("packages", "type,name,version,purl,source,layer,locations,licences,ownedBy,removedIn")]
    [InlineData("verdict", "outcome,reason,policy,rules")]
    [InlineData("verdict.rules", "rule,limit,actual,outcome,advice")]
    public async Task The_names_that_other_tools_rely_on_are_there(string place, string names)
    {
        var node = JsonNode.Parse(Json(await Sample()))!["images"]![0]!;
        foreach (var part in place.Split('.'))
            node = node[part] is JsonArray list ? list[0]! : node[part]!;
        Assert.All(names.Split(','), name => Assert.True(node.AsObject().ContainsKey(name), $"{place}.{name} is missing"));
    }

    [Fact]
    public async Task A_moment_is_written_in_utc()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("image.tar", TestImage.Tar(new TestImage(new TestLayer().File("a", 1).Tar()) { Created = "2026-01-02T03:04:05+02:00" }.Layout()));
        Assert.Contains("\"created\": \"2026-01-02T01:04:05+00:00\"", Json((await TestImage.Inspect(new ImageSource.File(file))).Report));
    }

    [Fact]
    public async Task The_example_of_the_documentation_fits_the_published_schema()
    {
        var page = await File.ReadAllTextAsync(Repository.At("docs/report.md"), TestContext.Current.CancellationToken);
        Assert.Empty(await Errors(page.Split("```json")[1].Split("```")[0]));
    }

    [Fact]
    public async Task The_same_image_gives_the_same_bytes()
    {
        var first = Json(await Sample());
        Assert.Equal(first, Json(await Sample()));
        Assert.EndsWith("}\n", first);
        Assert.DoesNotContain('\r', first);
    }

    [Fact]
    public async Task No_secret_of_the_sample_is_in_any_output()
    {
        var report = await Sample();
        var markdown = new StringWriter();
        MarkdownFormat.Write(report, markdown);
        var config = await SampleConfig();
        var secrets = config["config"]!["Env"]!.AsArray().Select(v => ((string)v!).Split('=', 2)).Where(v => v[0] is "SECRET_KEY").Select(v => v[1]).ToList();
        Assert.NotEmpty(secrets);
        var others = new Action<Report, Stream>[]
        {
            Engine.Reports.Sarif.SarifFormat.Write, Engine.Reports.JUnit.JUnitFormat.Write, Engine.Reports.GitLab.GitLabFormat.Write,
            Engine.Reports.Html.HtmlFormat.Write, Engine.Reports.CycloneDx.CycloneDxFormat.Write, Engine.Reports.Spdx.SpdxFormat.Write,
        }
            .Select(write => Encoding.UTF8.GetString(FormatSamples.Written(output => write(report, output))));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, Json(report) + markdown + string.Concat(others)));
    }

    static async Task<JsonNode> SampleConfig()
    {
        var digest = (await Sample()).Images[0].Image.ConfigDigest.Hex;
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), TestContext.Current.CancellationToken));
        var start = text.IndexOf("{\"", text.IndexOf(digest, StringComparison.Ordinal), StringComparison.Ordinal);
        for (; ; start = text.IndexOf("{\"", start + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf('\0', start);
            if (end > start && Engine.Images.Digest.Of(Encoding.Latin1.GetBytes(text[start..end])).Hex == digest)
                return JsonNode.Parse(text[start..end])!;
        }
    }
}
