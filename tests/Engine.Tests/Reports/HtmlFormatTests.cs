using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed partial class HtmlFormatTests
{
    static string Html(Report report) => Encoding.UTF8.GetString(FormatSamples.Written(output => HtmlFormat.Write(report, output)));

    static string Html(ImageReport image) => Html(new Report([image], []));

    // Every angle bracket of text is encoded, so that what stands between two of them is a tag; style and script hold none.
    static List<string> Tags(string html) => [.. Tag().Matches(Bodies().Replace(html, "")).Select(tag => tag.Value)];

    [Fact]
    public async Task The_page_refers_to_nothing_but_itself()
    {
        var html = Html(await FormatSamples.WebApp()) + Html(FormatSamples.Hostile());
        Assert.All(Tags(html), tag =>
        {
            Assert.DoesNotMatch(@"\s(?:src|srcset|action|formaction|data|poster|ping|style|on[a-z]+)=", Quoted().Replace(tag, "\"\""));
            Assert.DoesNotMatch("href=\"[^#]", tag);
        });
        Assert.DoesNotMatch(@"url\((?!#)|@import|https?:", Bodies().Match(html).Value);
    }

    [Fact]
    public void Text_of_an_image_makes_no_markup()
    {
        static IEnumerable<string> Shape(string text) => Tags(Html(FormatSamples.Hostile(text))).Select(tag => Quoted().Replace(tag, "\"\""));
        Assert.Equal(Shape(new string('x', FormatSamples.Evil.Length)), Shape(FormatSamples.Evil));
    }

    [Fact]
    public void Characters_that_hide_or_reorder_others_are_shown_as_their_code()
    {
        var html = Html(FormatSamples.Hostile());
        Assert.DoesNotContain(html, c => char.IsControl(c) && c is not ('\n' or '\t') || c is '\u202e' or '\ufffe' || char.IsSurrogate(c));
        Assert.Contains("\\u{202e}gpj\\u{7}\\u{1b}[31m", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_of_the_page_allows_its_own_style_and_script_and_nothing_else()
    {
        var html = Html(await FormatSamples.WebApp());
        var policy = Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (var element in new[] { "style", "script" })
        {
            var body = Assert.Single(Regex.Matches(html, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline)).Groups[1].Value;
            Assert.Contains($"{element}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}'", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_finding_secret_layer_and_package_of_the_sample_is_on_the_page()
    {
        var report = await FormatSamples.WebApp();
        var image = report.Images[0];
        var text = System.Net.WebUtility.HtmlDecode(Html(report));
        Assert.All(image.Findings.SelectMany(finding => new[] { finding.Title, finding.Evidence, finding.Remedy, finding.Check }), one => Assert.Contains(one, text, StringComparison.Ordinal));
        Assert.All(image.Secrets.SelectMany(secret => new[] { secret.Location, secret.Masked }), one => Assert.Contains(one, text, StringComparison.Ordinal));
        Assert.All(image.Layers, layer => Assert.Contains(layer.Digest.Short, text, StringComparison.Ordinal));
        Assert.All(image.Packages, package => Assert.Contains($">{package.Name}<", text, StringComparison.Ordinal));
        Assert.All(image.Waste.Files, file => Assert.Contains(file.Path, text, StringComparison.Ordinal));
        Assert.All(image.Verdict!.Rules, rule => Assert.Contains(rule.Actual, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Outcome.Pass, "<h3>Pass</h3>")]
    [InlineData(Outcome.Undecided, "<h3>Undecided</h3>")]
    [InlineData(Outcome.Fail, "<h3>Fail</h3>")]
    public void The_verdict_is_said_in_words(Outcome outcome, string words) =>
        Assert.Contains(words, Html(SampleReport.Of() with { Verdict = new Verdict("p", [new RuleResult("limits.size", "1", "2", outcome, null)], []) }), StringComparison.Ordinal);

    [Fact]
    public void A_long_list_is_cut_and_what_is_left_out_is_counted()
    {
        var html = Html(FormatSamples.Large(4000));
        Assert.Contains("3,000 hidden files", html, StringComparison.Ordinal);
        Assert.Contains("and 2,000 more files", html, StringComparison.Ordinal);
        Assert.Equal(4000, Regex.Count(html, "some-package-with-a-name-"));
    }

    [Fact]
    public void A_report_of_ten_thousand_packages_stays_small() => Assert.InRange(Html(FormatSamples.Large(10_000)).Length, 1_000_000, 2_500_000);

    [Fact]
    public void Failures_are_on_the_page_and_an_image_without_anything_too()
    {
        var html = Html(FormatSamples.Bare());
        Assert.Contains("make it again", html, StringComparison.Ordinal);
        Assert.Contains("Every byte of the layers can be seen in a container.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_link_leads_to_a_place_on_the_page_and_no_place_has_the_name_of_another()
    {
        var report = await FormatSamples.WebApp();
        var html = Html(report with { Images = [report.Images[0], report.Images[0]] });
        var ids = Regex.Matches(html, " id=\"([^\"]*)\"").Select(id => id.Groups[1].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Regex.Matches(html, "(?:href=\"|url\\()#([^\")]*)").Select(link => link.Groups[1].Value), target => Assert.Contains(target, ids));
    }

    [Fact]
    public async Task The_same_image_gives_the_same_bytes()
    {
        var first = Html(await FormatSamples.WebApp());
        Assert.Equal(first, Html(await FormatSamples.WebApp()));
        Assert.EndsWith("</html>\n", first, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', first);
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?<=<(style|script)>).*?(?=</\\1>)", RegexOptions.Singleline)]
    private static partial Regex Bodies();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();
}
