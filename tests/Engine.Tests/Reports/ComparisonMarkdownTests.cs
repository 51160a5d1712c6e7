using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class ComparisonMarkdownTests
{
    static readonly FileTree Nothing = FileTree.Of([], Limits.Default);

    static string Write(Comparison comparison)
    {
        using var text = new StringWriter { NewLine = "\n" };
        ComparisonMarkdown.Write(comparison, text);
        return text.ToString();
    }

    [Fact]
    public void What_is_worse_comes_first_and_text_of_an_image_is_no_markup()
    {
        var before = SampleReport.Of(findings: [SampleReport.Finding("sudo", Severity.Low)]);
        var after = SampleReport.Of(findings: [SampleReport.Finding("a|b<script>", Severity.High)]);
        var text = Write(Comparison.Of(before, Nothing, after, Nothing));
        Assert.True(text.IndexOf("### New findings", StringComparison.Ordinal) is var worse and > 0 && worse < text.IndexOf("### Findings mended", StringComparison.Ordinal));
        Assert.Contains("a&#124;b&lt;script&gt;", text);
        Assert.DoesNotContain("<script>", text);
    }

    [Fact]
    public void An_image_compared_with_itself_is_said_to_be_the_same() =>
        Assert.Contains("What a container sees is the same.", Write(Comparison.Of(SampleReport.Of(), Nothing, SampleReport.Of(), Nothing)));

    [Fact]
    public void Files_that_are_not_listed_are_counted_and_those_that_are_not_known_are_said_to_be_so()
    {
        var comparison = Comparison.Of(SampleReport.Of(), Nothing, SampleReport.Of(), Nothing) with { Files = [.. Enumerable.Range(0, 50).Select(i => new FileChange($"f{i}", null, i))] };
        var few = comparison.WithFiles(10);
        Assert.Equal((10, 40), (few.Files!.Count, few.MoreFiles));
        Assert.Same(few, few.WithFiles(10));
        Assert.Contains("Files: 50", Write(few));
        Assert.Contains("… and 40 more.", Write(few));
        Assert.Contains("… and 30 more.", Write(comparison));
        Assert.Contains("are not compared", Write(comparison with { Files = null }));
    }
}
