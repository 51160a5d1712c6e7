using System.Text;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Fixes;
using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles;

public sealed class DockerfileFixerTests
{
    static FixedFile Fix(string text) => DockerfileFixer.Fix(Encoding.UTF8.GetBytes(text));

    static string Fixed(string text) => Encoding.UTF8.GetString(Fix(text).Bytes);

    [Theory]
    [InlineData("MAINTAINER Ann <a@b.c>", "LABEL org.opencontainers.image.authors=\"Ann <a@b.c>\"")]
    [InlineData("MAINTAINER \"Ann\"", "LABEL org.opencontainers.image.authors=\"Ann\"")]
    [InlineData("MAINTAINER Ann \"x\" B", "MAINTAINER Ann \"x\" B")]
    [InlineData("ENV A b", "ENV A=b")]
    [InlineData("ENV A   b c = $D", "ENV A=\"b c = $D\"")]
    [InlineData("ENV A 'b'", "ENV A='b'")]
    [InlineData("LABEL maintainer   \"Ann <a@b.c>\"", "LABEL maintainer=\"Ann <a@b.c>\"")]
    [InlineData("ENV A \"\"", "ENV A=\"\"")]
    [InlineData("ENV A \"b\" \"c\"", "ENV A \"b\" \"c\"")]
    [InlineData("ENV A \"it's\"", "ENV A \"it's\"")]
    [InlineData("ENV A \"", "ENV A \"")]
    [InlineData("LABEL a.b c d", "LABEL a.b=\"c d\"")]
    [InlineData("ADD --chown=1 a.txt b/ /c/", "COPY --chown=1 a.txt b/ /c/")]
    [InlineData("ADD rootfs /", "ADD rootfs /")]
    [InlineData("ADD .env x /c/", "ADD .env x /c/")]
    [InlineData("ADD a* /c/", "ADD a* /c/")]
    [InlineData("ADD --unpack=false a.bin /c/", "ADD --unpack=false a.bin /c/")]
    [InlineData("COPY a b /c", "COPY a b /c/")]
    [InlineData("COPY [\"a\", \"b\", \"/c\"]", "COPY [\"a\", \"b\", \"/c/\"]")]
    [InlineData("CMD app --x='a b' \"c\"", "CMD [\"app\", \"--x=a b\", \"c\"]")]
    [InlineData("CMD app $X", "CMD app $X")]
    [InlineData("CMD cd /x", "CMD cd /x")]
    [InlineData("CMD app --token q8Zt1vX0mB4nR7sLw2Ky", "CMD app --token q8Zt1vX0mB4nR7sLw2Ky")]
    [InlineData("ENTRYPOINT [\"a\"]\nCMD b", "ENTRYPOINT [\"a\"]\nCMD b")]
    [InlineData("run a \\\n\n  b", "RUN a \\\n  b")]
    [InlineData("copy a b /c", "COPY a b /c/")]
    [InlineData("add a.js /c", "COPY a.js /c")]
    [InlineData("RUN a \\\n\n  # x\n\n  b \\\n  \n", "RUN a \\\n  # x\n  b \\\n")]
    public void What_is_safe_is_changed_and_what_is_not_stays(string line, string expected) => Assert.Equal($"FROM a:1\n{expected}", Fixed($"FROM a:1\n{line}"));

    [Theory]
    [InlineData("FROM python:3\nCMD app serve", "FROM python:3\nCMD [\"app\", \"serve\"]")]
    [InlineData("FROM mcr.microsoft.com/dotnet/aspnet:10.0\nENTRYPOINT dotnet a.dll", "FROM mcr.microsoft.com/dotnet/aspnet:10.0\nENTRYPOINT [\"dotnet\", \"a.dll\"]")]
    [InlineData("FROM company/base:1\nCMD app serve", null)]
    [InlineData("FROM $BASE\nCMD app serve", null)]
    [InlineData("FROM golang:1-windowsservercore\nCMD app serve", null)]
    [InlineData("FROM python:3\nCMD ./start.sh", null)]
    [InlineData("FROM python:3\nCMD ./run", null)]
    [InlineData("FROM python:3\nCMD /app/run x", null)]
    [InlineData("FROM python:3\nCMD exit 0", null)]
    [InlineData("FROM python:3\nENTRYPOINT app\nCMD [\"serve\"]", null)]
    [InlineData("FROM python:3 AS x\nENTRYPOINT app\nFROM x\nCMD [\"serve\"]", null)]
    public void A_command_becomes_a_list_where_the_same_starts_by_it(string text, string? expected) => Assert.Equal(expected ?? text, Fixed(text));

    [Theory]
    [InlineData("from a:1 AS b\nrun x\n", "from a:1 as b\nrun x\n")]
    [InlineData("FROM a:1 as b\nRUN x\n", "FROM a:1 AS b\nRUN x\n")]
    public void Keywords_follow_those_of_the_file(string text, string expected) => Assert.Equal(expected, Fixed(text));

    [Fact]
    public void All_else_stays_as_it_was_byte_for_byte()
    {
        Assert.Equal("\uFEFFFROM a:1\r\n\tRUN x \r\nENV A=b\r\n# é", Fixed("\uFEFFFROM a:1\r\n\tRUN x \r\nENV A b\r\n# é"));
        Assert.False(Fix("FROM a:1\nRUN x").IsChanged);
    }

    [Fact]
    public void A_silenced_advice_is_not_mended() => Assert.False(Fix("FROM a:1\n# plimsoll ignore=maintainer: old tools\nMAINTAINER Ann\n").IsChanged);

    [Fact]
    public async Task The_diff_of_a_file_that_begins_with_a_mark_is_one_that_patch_takes()
    {
        const string Text = "\uFEFFFROM a:1\r\nMAINTAINER Ann\r\n";
        Tool.SkipWithout("patch");
        using var folder = new TemporaryFolder();
        var file = folder.Write("Dockerfile", Encoding.UTF8.GetBytes(Text));
        var patch = folder.Write("x.patch", Encoding.UTF8.GetBytes(string.Concat(UnifiedDiff.Lines(Fix(Text), "Dockerfile").Select(line => line + "\n"))));
        await Tool.Run("patch", ["--binary", "--fuzz=0", "-p1", "-d", Path.GetDirectoryName(file)!, "-i", patch]);
        Assert.Equal(Fix(Text).Bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task The_diff_is_one_that_patch_takes()
    {
        var text = string.Concat(Enumerable.Range(0, 40).Select(i => i % 9 == 0 ? $"ENV A{i} b\n" : i == 30 ? "RUN a \\\n\n b\n" : $"RUN x{i}\n"));
        var made = Fix($"FROM a:1\n{text}MAINTAINER Ann");
        var diff = string.Concat(UnifiedDiff.Lines(made, "Dockerfile").Select(line => line + "\n"));
        Assert.StartsWith("--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,5 +1,5 @@\n FROM a:1\n-ENV A0 b\n+ENV A0=b\n RUN x1\n", diff, StringComparison.Ordinal);
        Assert.EndsWith("-MAINTAINER Ann\n\\ No newline at end of file\n+LABEL org.opencontainers.image.authors=\"Ann\"\n\\ No newline at end of file\n", diff, StringComparison.Ordinal);
        Tool.SkipWithout("patch");
        using var folder = new TemporaryFolder();
        var file = folder.Write("Dockerfile", Encoding.UTF8.GetBytes(string.Concat(made.Before)));
        var patch = folder.Write("x.patch", Encoding.UTF8.GetBytes(diff));
        await Tool.Run("patch", ["-p1", "-d", Path.GetDirectoryName(file)!, "-i", patch]);
        Assert.Equal(made.Bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void Whatever_is_mended_is_gone_nothing_new_comes_and_a_second_time_changes_nothing()
    {
        var dice = new Dice(11);
        string[] pieces =
            ["MAINTAINER Ann", "maintainer Bob", "ENV A b", "ENV C d e", "env F=g", "LABEL x y", "ADD a /b", "add --chown=1 a b /c", "COPY a b /c", "CMD app serve", "cmd app 'x y'", "ENTRYPOINT run it", "RUN a \\\n\n b", "run c \\\n\n\n  d",
                "# plimsoll ignore=old-form", "# text", "", "HEALTHCHECK CMD x", "ONBUILD add a /b", "ONBUILD ENV A b", "FROM b:2 as x", "from c:3", "SHELL [\"/bin/bash\", \"-c\"]", "RUN <<E\na\nE", "USER 1"];
        for (var i = 0; i < 2000; i++)
        {
            var end = dice.Roll(3) == 0 ? "\r\n" : "\n";
            var text = $"{(dice.Roll(2) == 0 ? "FROM" : "from")} a:1\n{string.Join('\n', Enumerable.Range(0, 1 + dice.Roll(12)).Select(_ => pieces[dice.Roll(pieces.Length)]))}{(dice.Roll(2) == 0 ? "\n" : "")}".ReplaceLineEndings(end);
            var before = Adviser.Review(Encoding.UTF8.GetBytes(text));
            if (before.Problem is not null)
                continue;
            var made = Fix(text);
            var after = Adviser.Review(made.Bytes);
            Assert.True(after.Problem is null, text);
            Assert.DoesNotContain(after.Advices, advice => advice.Remark.Fix.Count > 0);
            foreach (var rule in RuleCatalogue.All)
                Assert.True(Count(after, rule) <= Count(before, rule), $"{rule.Id}\n{text}\n---\n{Encoding.UTF8.GetString(made.Bytes)}");
            Assert.Empty(UnifiedDiff.Lines(DockerfileFixer.Fix(made.Bytes), "x"));
            Assert.Equal(end == "\r\n" ? 0 : text.Count(character => character == '\r'), Encoding.UTF8.GetString(made.Bytes).Replace("\r\n", "", StringComparison.Ordinal).Count(character => character == '\r'));
        }
    }

    // A comment that stood above what was mended may have nothing to silence any more.
    static int Count(DockerfileReview review, RuleInfo rule) => rule.Id == "unused-ignore" ? 0 : review.Advices.Count(advice => advice.Rule == rule);
}
