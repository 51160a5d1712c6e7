using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class CheckCatalogueTests
{
    public static TheoryData<string> Ids => [.. CheckCatalogue.All.Select(check => check.Id)];

    [Fact]
    public void Ids_are_unique_and_in_order()
    {
        var ids = CheckCatalogue.All.Select(check => check.Id).ToList();

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));
    }

    [Fact]
    public void Every_check_of_the_engine_is_in_the_list() =>
        Assert.Equal(typeof(CheckList).Assembly.GetTypes().Count(type => type.IsClass && type.IsAssignableTo(typeof(ICheck))), CheckList.All.Count);

    [Fact]
    public void Titles_and_remedies_are_sentences_without_a_full_stop() => Assert.All(CheckCatalogue.All, check =>
    {
        Assert.Matches("^[A-Z].*[^.]$|^(pip|apt|apk|uv)'s .*[^.]$", check.Title);
        Assert.Matches("^[A-Z].*[^.]$", check.Remedy);
        Assert.True(check.Code is null || System.Text.RegularExpressions.Regex.IsMatch(check.Code, "^(CIS-DI|DKL-DI|DKL-LI)-00(0[1-9]|10)$"), check.Code);
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_check_has_its_page(string id)
    {
        var check = CheckCatalogue.All.Single(check => check.Id == id);
        var page = CheckCatalogue.Page(id);

        Assert.NotNull(page);
        Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
        Assert.Contains($"Severity: {check.Severity.ToString().ToLowerInvariant()}", page, StringComparison.Ordinal);
        Assert.Contains(check.Code ?? "no code", page, StringComparison.Ordinal);
        Assert.Equal(["## What", "## Why", "## How to fix", "## How to exempt"], page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains("```dockerfile", page, StringComparison.Ordinal);
        Assert.Contains($"- id: {id}", page, StringComparison.Ordinal);
        Assert.InRange(page.Split('\n').Length, 25, 60);
    }

    [Fact]
    public void The_index_lists_every_check_once_with_its_severity_and_code()
    {
        using var stream = typeof(CheckCatalogue).Assembly.GetManifestResourceStream("checks/README.md")!;
        var index = new StreamReader(stream).ReadToEnd();

        Assert.Equal(
            CheckCatalogue.All.Select(check => $"| [{check.Id}]({check.Id}.md) | {check.Severity.ToString().ToLowerInvariant()} | {check.Code ?? "–"} | {check.Title} |"),
            index.Split('\n').Where(line => line.StartsWith("| [", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("no-such-check")]
    [InlineData("README")]
    [InlineData("../checks/healthcheck")]
    [InlineData("")]
    public void What_is_no_check_has_no_page(string id) => Assert.Null(CheckCatalogue.Page(id));

    [Fact]
    public void A_clean_image_has_no_findings() =>
        Assert.Empty(CheckCatalogue.Run(new ImageBuilder().User("10001").Named("shop/web:1.0").HealthCheck("CMD", "/app/server", "health")
            .With(config => config with { WorkingDir = "/app", ExposedPorts = ["8080/tcp"], Entrypoint = ["/app/server"] }).Layer(layer => layer.Program("app/server")).Build()));

    [Fact]
    public void Findings_are_in_order_of_severity_check_layer_and_path_and_carry_the_checks_own_words()
    {
        var image = new ImageBuilder().Env("DB_PASSWORD", "hunter2-and-more")
            .Layer(layer => layer.Program("usr/bin/b", "4755").Program("usr/bin/a", "4755").File("app/Dockerfile", 10))
            .Layer(layer => layer.Program("bin/z", "4755")).Build();
        var findings = CheckCatalogue.Run(image);

        Assert.Equal(["secret-in-env", "non-root-user", "setuid-setgid", "setuid-setgid", "setuid-setgid", "healthcheck", "unneeded-files"], findings.Select(finding => finding.Check));
        Assert.Equal(["usr/bin/a", "usr/bin/b", "bin/z"], findings.Where(finding => finding.Check == "setuid-setgid").Select(finding => finding.Path));
        Assert.Equal(
            ("CIS-DI-0008", "A program runs with its owner's rights", Severity.Medium), (findings[2].Code, findings[2].Title, findings[2].Severity));
        Assert.Equal(findings, CheckCatalogue.Run(image));
    }

    [Fact]
    public void A_check_names_a_hundred_findings_and_sums_the_rest()
    {
        var findings = FindingLimit.Apply(
            new CheckInfo("x", Severity.Low, "T", "R", null),
            Enumerable.Range(0, 5000).Select(i => new Evidence($"e{i:0000}", i % 2, $"p{i:0000}", i < 4950 ? 1 : 10, i == 4999 ? Severity.High : null))).ToList();

        Assert.Equal(101, findings.Count);
        Assert.Equal((Severity.High, "p4999"), (findings[0].Severity, findings[0].Path));
        Assert.Equal((0, "p0000"), (findings[1].Layer, findings[1].Path));
        Assert.Equal(("and 4,900 more", Severity.Low), (findings[100].Evidence, findings[100].Severity));
        Assert.Equal(4950 + 50 * 10, findings.Sum(finding => finding.Bytes!.Value));
    }

    [Fact]
    public void No_finding_shows_a_secret()
    {
        var image = new ImageBuilder().Env("API_KEY", "hunter2-and-more").Step("ENV OLD_TOKEN=hunter2-and-older")
            .Layer("ADD --token=hunter2-and-added file.txt / # buildkit", layer => layer.File("x", "x"))
            .Layer("ADD --token=hunter2-and-added file.txt / # buildkit", layer => layer.File("x", "x"))
            .Layer("RUN /bin/sh -c TOKEN=hunter2-and-run apt-get dist-upgrade # buildkit", layer => layer.File("x", "x")).Build();

        Assert.All(CheckCatalogue.Run(image), finding => Assert.DoesNotContain("hunter2", finding.Evidence, StringComparison.Ordinal));
    }
}
