using System.Text.RegularExpressions;
using Plimsoll.Cli.Terminal;
using Plimsoll.Cli.Tests.Samples;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Caching;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Tests;

/// <summary>The parts of the advice that are about the context, the cache and the image, as people see them.</summary>
public sealed class AdvicePartsTests
{
    static readonly BuildPlan Plan = BuildPlan.Read("FROM node\nCOPY . /app\nRUN npm ci\nRUN npm run build\n"u8).Plan!;

    static string Shown(Action<Screen> write, int width = 100)
    {
        var output = new StringWriter();
        using var screen = new Screen(output, width, coloured: false);
        write(screen);
        screen.Flush();
        Assert.All(output.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, width));
        return output.ToString();
    }

    static string Flat(string text) => Regex.Replace(text, @"\s+", " ");

    static BuildContext Context(Folder folder)
    {
        foreach (var (path, bytes) in new[] { ("package.json", 100), ("src/app.js", 5000), ("node_modules/a/x.js", 300_000), (".git/pack", 200_000), ("we\u001b[31mird.txt", 10) })
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(folder.At(path))!);
            File.WriteAllBytes(folder.At(path), new byte[bytes]);
        }
        return BuildContext.Read(folder.Path, null, new(), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void The_context_is_told_with_its_largest_parts_and_the_lines_to_add(int width)
    {
        using var folder = new Folder();
        var shown = Shown(screen => ContextPart.Write(ContextReport.Of(Context(folder), Plan, folder.Path), screen), width);
        Assert.Contains("493.3 KiB in 5 files", shown, StringComparison.Ordinal);
        Assert.Contains("node_modules/  1 file", shown, StringComparison.Ordinal);
        Assert.Contains("195.3 KiB", shown, StringComparison.Ordinal);
        Assert.Contains(".git  the history of the sources", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_is_told_as_what_a_change_rebuilds_and_what_to_copy_first()
    {
        using var folder = new Folder();
        var shown = Shown(screen => CachePart.Write(CacheReport.Of(Context(folder), Plan, Plan.Stages[^1], null), screen));
        Assert.Contains("a change of any file rebuilds 3 steps\n    line 2 COPY, 3 RUN, 4 RUN\n", shown, StringComparison.Ordinal);
        Assert.Contains("Copy package.json alone before it", Flat(shown), StringComparison.Ordinal);
        Assert.Contains("2 steps", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_output_has_no_sign_beyond_ASCII() => Assert.Equal("-> COPY --chown=...\nand ... more\n", Shown(screen =>
    {
        screen.Advice("COPY --chown=…", 0);
        screen.Wrapped("and … more", 0);
    }));

    [Fact]
    public void What_was_found_stands_with_its_line_the_worst_first_and_masked()
    {
        Finding Finding(string check, Severity severity, string evidence) => new(check, severity, "T", evidence, null, null, null, "R", null);
        var user = new InstructionCost(5, "USER root", true, null, 0, 0, [], 0) { Found = new([Finding("non-root-user", Severity.High, "the user is 'root'")], []) };
        var copy = new InstructionCost(2, "COPY . /app", true, 1, 4096, 0, [], 0)
        {
            Found = new(
                [Finding("a", Severity.Low, "one"), Finding("a", Severity.Low, "two"), Finding("b", Severity.Medium, "x\u001b[31my"), Finding("c", Severity.Info, "c"), Finding("d", Severity.Info, "d")],
                [new("private-key", "A private key", Severity.Critical, "app/id_rsa:1", "app/id_rsa", 1, 1, null, "----****"), new("by-name", "t", Severity.High, "env A", null, null, null, null, "abcd****")]),
        };
        var shown = Shown(screen => AttributionPart.Write(new ImageAttribution(true, null, [copy, user], null) { Found = new([Finding("healthcheck", Severity.Info, "none")], []) }, screen), 80);
        Assert.Contains(
            " 2 4.0 KiB COPY . /app critical private-key app/id_rsa:1 = ----**** medium b x\\x1b[31my low a one x2 and 2 other findings 5 USER root high non-root-user the user is 'root' - of the image as a whole 1 finding for information",
            Flat(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("env A", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Wasted_bytes_stand_with_the_line_that_hides_them()
    {
        InstructionCost[] costs =
        [
            new(2, "COPY . /app", true, 1, 4096, 2048, [new(4, 3, HiddenHow.Deleted, 1024), new(null, 9, HiddenHow.Overwritten, 1024)], 0),
            new(3, "ENV A", true, null, 0, 0, [], 0),
        ];
        var shown = Shown(screen => AttributionPart.Write(new ImageAttribution(true, null, costs, new(null, "1 layer of the base image", true, 0, 1024, 0, [], 0)), screen));
        Assert.Contains("2.0 KiB of 5.0 KiB wasted", shown, StringComparison.Ordinal);
        Assert.Contains(" 2 4.0 KiB COPY . /app 2.0 KiB wasted 1.0 KiB deleted by line 4 1.0 KiB overwritten by layer #9", Flat(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("ENV", shown, StringComparison.Ordinal);
        var other = Shown(screen => AttributionPart.Write(new ImageAttribution(false, new(new TextPosition(2, 1), "COPY . /app", "RUN /bin/sh -c make # buildkit"), costs, null), screen));
        Assert.Contains("This image was not built from this Dockerfile: line 2, COPY . /app, is not in the image, which has there: RUN make", Flat(other), StringComparison.Ordinal);
        Assert.DoesNotContain("4.0 KiB", other, StringComparison.Ordinal);
    }
}
