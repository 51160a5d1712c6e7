using System.Text;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.CycloneDx;
using Plimsoll.Engine.Reports.GitLab;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Engine.Reports.JUnit;
using Plimsoll.Engine.Reports.Sarif;
using Plimsoll.Engine.Reports.Spdx;
using Plimsoll.Engine.Tests.Samples;
using ZstdSharp;

namespace Plimsoll.Engine.Tests.Secrets;

/// <summary>
/// Secrets are planted everywhere in an image, and whatever is written of it is searched for every stretch of their values that is longer
/// than a mask shows: in clear, in base64 and percent-encoded.
/// </summary>
public sealed class LeakTests
{
    static readonly Bodies Made = new(41);

    /// <summary>What is planted as a secret, and what must be nowhere. Marks of URLs, of JSON and of HTML are among its characters.</summary>
    static readonly Dictionary<string, string> Planted = new()
    {
        ["env"] = Made.Fill("{A9}&{A9}"), ["url"] = Made.Fill("{A8}%2F{A8}"), ["argument"] = Made.Fill("{A18}"), ["command"] = Made.Fill("{A9}#{A9}"),
        ["label"] = Made.Fill("{A20}"), ["option"] = Made.Fill("{A18}"), ["health"] = Made.Fill("{A18}"), ["token"] = Made.Fill("glpat-{A20}"),
        ["key"] = Made.Fill("{b64}"), ["dotenv"] = Made.Fill("{A10}<{A10}"), ["deleted"] = Made.Fill("ghp_{A36}"), ["netrc"] = Made.Fill("{A9}!{A9}"),
        ["registry"] = Made.Fill("{A24}"), ["direct"] = Made.Fill("{A20}"), ["resolved"] = Made.Fill("{A20}"), ["shadow"] = Made.Fill("{A22}"), ["aws"] = Made.Fill("{b40}"),
    };

    static TestLayer First(TestLayer layer) => layer
        .File("app/.env", $"A=1\nDB_PASSWORD={Planted["dotenv"]}\n")
        .File("app/config.yml", $"token: {Planted["token"]}\nurl: amqp://shop:{Planted["env"]}@mq.shop.org\n")
        .File("root/.ssh/id_rsa", Key(Planted["key"]))
        .File("usr/bin/shop", $"\u007fELF\0\0{Planted["token"]}\0{Key(Planted["key"])}\0")
        .File("root/.aws/credentials", $"[default]\naws_secret_access_key = {Planted["aws"]}\n")
        .File("root/.netrc", $"machine git.shop.org login ci password {Planted["netrc"]}\n")
        .File("root/.docker/config.json", $$$"""{"auths":{"r.shop.org":{"auth":"{{{Base64("ci:" + Planted["registry"])}}}"} } }""")
        .File("root/deleted", Planted["deleted"])
        .File("etc/shadow", $"root:$6$salt${Planted["shadow"]}:19700:0:99999:7:::\n").File("etc/passwd", $"root:{Planted["shadow"]}:0:0::/root:/bin/sh\n")
        .File("usr/lib/python3/site-packages/shop-1.0.dist-info/METADATA", $"Metadata-Version: 2.1\nName: shop\nVersion: 1.0\nHome-page: https://ci:{Planted["direct"]}@git.shop.org/\n")
        .File("usr/lib/python3/site-packages/shop-1.0.dist-info/direct_url.json", $$$"""{"url": "https://ci:{{{Planted["direct"]}}}@git.shop.org/shop.git", "vcs_info": {"vcs": "git"}}""")
        .File("app/node_modules/cart/package.json", $$"""{"name":"cart","version":"1.0.0","_resolved":"https://ci:{{Planted["resolved"]}}@npm.shop.org/cart.tgz","repository":"https://ci:{{Planted["resolved"]}}@git.shop.org/cart"}""");

    static InspectedImage Image() => new ImageBuilder().Named("shop/web:1.0")
        .Step($"ARG NPM_TOKEN={Planted["argument"]}")
        .Layer($"|1 NPM_TOKEN={Planted["argument"]} /bin/sh -c curl -u ci:{Planted["command"]} https://x && npm ci --token={Planted["argument"]}", First)
        .Layer($"RUN /bin/sh -c echo {Planted["env"]} {Planted["argument"]} | base64 # buildkit", layer => layer.Delete("root/deleted").File("app/web", "x"))
        .Env("DB_PASSWORD", Planted["env"]).Env("DATABASE_URL", $"postgres://shop:{Planted["url"]}@db.shop.org/shop")
        .With(config => config with
        {
            Cmd = ["web", "--api-key", Planted["option"], Planted["env"]],
            Entrypoint = ["/bin/sh", "-c", $"API_TOKEN={Planted["option"]} exec web"],
            HealthCheck = new HealthCheck(["CMD-SHELL", $"curl -u ci:{Planted["health"]} http://localhost/"], null, null, null, null),
            Labels = new Dictionary<string, string> { ["com.shop.api-key"] = Planted["label"], ["com.shop.note"] = $"uses {Planted["env"]}" },
        })
        .Build();

    public static TheoryData<string> Outputs => ["json", "markdown", "html", "sarif", "junit", "gitlab", "cyclonedx", "spdx", "compare", "compare back", "layers", "layers read again"];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void No_planted_value_is_in(string output)
    {
        var written = Written(output);

        Assert.True(written.Length > 500, "there is little to look at");
        Assert.Equal([], Planted.Where(planted => Forms(planted.Value).Any(form => written.Contains(form, StringComparison.OrdinalIgnoreCase))).Select(planted => planted.Key));
    }

    [Fact]
    public void What_is_searched_does_hold_the_secrets_and_their_masks()
    {
        var report = Report(Image()).Images[0];

        Assert.Equal(
            ["aws-secret-access-key", "docker-config-auth", "github-token", "gitlab-token", "netrc-password", "private-key", "secret-by-name", "url-password", "user-password-option"],
            report.Secrets.Select(secret => secret.Rule).Where(rule => rule != "assigned-secret").Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("glpa****", Written("html"), StringComparison.Ordinal);
        Assert.Contains(report.Findings, finding => finding.Check == "credential-file" && finding.Path == "root/.aws/credentials");
    }

    [Fact]
    public void What_is_planted_would_be_seen() =>
        Assert.All(Planted.Values, value => Assert.All([$"x{value}y", Base64($"a{value}bc"), Base64($"ab{value}"), Base64(value), Uri.EscapeDataString(value)],
            leak => Assert.Contains(Forms(value), form => leak.Contains(form, StringComparison.OrdinalIgnoreCase))));

    [Fact]
    public async Task A_file_that_is_given_up_and_an_archive_that_is_cut_short_are_said_without_their_content()
    {
        var many = string.Concat(Enumerable.Repeat($"a={Planted["token"]}{Made.Fill("\nglpat-{A20}\n")}", 80));
        var notes = new ImageBuilder().Layer(layer => layer.File("app/many", string.Concat(Enumerable.Range(0, 80).Select(_ => Made.Fill("glpat-{A20}\n"))) + many)
            .File("var/lib/dpkg/status", $"Package: {Planted["token"]}\n").File("app/node_modules/a/package.json", $"{{\"name\": {Planted["token"]}")).Build();
        var archive = TestImage.Tar(new TestImage(First(new TestLayer()).Tar()).Classic());
        var failed = (await TestImage.Inspect(archive[..(archive.Length / 2)])).Report;
        var said = string.Join('\n', [.. Report(notes).Images[0].Notes, .. failed.Failures.Select(failure => failure.ToString())]);

        Assert.Contains("app/many has more secrets than are listed", said, StringComparison.Ordinal);
        Assert.NotEmpty(failed.Failures);
        Assert.DoesNotContain(Planted.Values, value => Forms(value).Any(form => said.Contains(form, StringComparison.OrdinalIgnoreCase)));
    }

    static string Written(string output) => output switch
    {
        "json" => Text(stream => JsonFormat.Write(Report(Image()), stream)),
        "markdown" => Markdown(Report(Image())),
        "html" => Text(stream => HtmlFormat.Write(Report(Image()), stream)),
        "sarif" => Text(stream => SarifFormat.Write(Report(Image()), stream)),
        "junit" => Text(stream => JUnitFormat.Write(Report(Image()), stream)),
        "gitlab" => Text(stream => GitLabFormat.Write(Report(Image()), stream)),
        "cyclonedx" => Text(stream => CycloneDxFormat.Write(Report(Image()), stream)),
        "spdx" => Text(stream => SpdxFormat.Write(Report(Image()), stream)),
        "compare" => Compared(new ImageBuilder().Build(), Image()),
        "compare back" => Compared(Image(), new ImageBuilder().Build()),
        "layers" => string.Concat(Image().Layers.Select(layer => Stored(LayerIndexFormat.Write(layer)))),
        _ => string.Concat(Image().Layers.Select(layer => Stored(LayerIndexFormat.Write(LayerIndexFormat.Read(LayerIndexFormat.Write(layer))!)))),
    };

    static Report Report(InspectedImage image)
    {
        var policy = PolicyReader.Read(PolicyTemplate.Text, CheckCatalogue.All.Select(check => check.Id).ToHashSet()).Policy!;
        var report = ImageReportBuilder.Of(image);
        return new Report([report with { Verdict = Gate.Decide(report, policy, DateTimeOffset.UnixEpoch) }], []);
    }

    static string Compared(InspectedImage before, InspectedImage after) => Text(stream =>
        JsonFormat.Write(Comparison.Of(ImageReportBuilder.Of(before), before.Tree, ImageReportBuilder.Of(after), after.Tree), stream));

    static string Markdown(Report report)
    {
        using var text = new StringWriter();
        MarkdownFormat.Write(report, text);
        return text.ToString();
    }

    static string Text(Action<Stream> write) => Encoding.UTF8.GetString(FormatSamples.Written(write));

    static string Stored(byte[] index)
    {
        using var text = new StreamReader(new DecompressionStream(new MemoryStream(index)), Encoding.Latin1);
        return text.ReadToEnd();
    }

    static string Key(string line) => Made.Fill("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA{b48}\n{k10}\n") + $"{line}\n-----END RSA PRIVATE KEY-----\n";

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Every eight characters of a value, which is more than a mask shows, as they are and percent-encoded; and its base64 wherever in other bytes it stands.</summary>
    static IEnumerable<string> Forms(string value)
    {
        for (var i = 0; i + 8 <= value.Length; i++)
        {
            yield return value.Substring(i, 8);
            yield return Uri.EscapeDataString(value.AsSpan(i, 8));
        }
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var i = 0; i + 9 <= bytes.Length; i++)
            yield return Convert.ToBase64String(bytes, i, 9);
    }
}
