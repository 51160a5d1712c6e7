using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using static Plimsoll.Engine.Tests.Samples.SampleReport;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class MarkdownFormatTests
{
    static string Markdown(params ImageReport[] images)
    {
        var text = new StringWriter { NewLine = "\n" };
        MarkdownFormat.Write(new Report(images, []), text);
        return text.ToString();
    }

    [Fact]
    public void The_verdict_comes_first()
    {
        var report = Of(size: 100) with { Verdict = new Verdict("production", [new RuleResult("limits.size", "50 B", "100 B", Outcome.Fail, "remove 50 B")], []) };
        Assert.StartsWith("## Fail: ", Markdown(report));
        Assert.Contains("| remove 50 B |", Markdown(report));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a | b | c")]
    [InlineData("[click](http://evil.example)")]
    [InlineData("![x](http://evil.example/x.png)")]
    [InlineData("line\n# heading")]
    [InlineData("`code` </code><b>")]
    [InlineData("\u001b[31m\u202e")]
    [InlineData("@everyone")]
    [InlineData("see https://evil.example/login")]
    [InlineData("see WWW.evil.example")]
    [InlineData("\U000E0041")]
    public void Text_from_an_image_starts_no_markup(string hostile)
    {
        var clean = Markdown(Of(findings: [Finding("x", Severity.High, "plain", "plain")]));
        var text = Markdown(Of(findings: [Finding("x", Severity.High, hostile, hostile)]));
        Assert.Equal(clean.Count(c => c == '\n'), text.Count(c => c == '\n'));
        Assert.Equal(clean.Count(c => c == '|'), text.Count(c => c == '|'));
        Assert.DoesNotContain("<script", text);
        Assert.DoesNotContain("<b>", text);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", text);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.DoesNotContain("@everyone", text);
        Assert.DoesNotContain("://", text);
        Assert.DoesNotContain("www.", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\U000E0041", text);
    }

    [Fact]
    public void A_share_is_cut_and_not_a_tenth_too_small()
    {
        for (var waste = 0; waste <= 1000; waste++)
            Assert.Contains($"· {(1000 - waste) / 10m:0.0} % efficient ·", Markdown(Of(size: 1000, waste: waste)));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1048524, "1023.9 KiB")]
    [InlineData(1048575, "1.0 MiB")]
    [InlineData(44145050, "42.1 MiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    [InlineData(-2048, "-2.0 KiB")]
    public void Bytes_are_shown_with_one_decimal(long bytes, string shown) => Assert.Equal(shown, Bytes.Show(bytes));
}
