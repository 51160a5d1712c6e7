using System.Text;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles;

/// <summary>Whatever stands in a file, there is a plan or a problem with a place inside of it: never another exception, and never more text than anybody reads.</summary>
public sealed class DockerfileFuzzTests
{
    const int Reason = 501;

    static readonly string[] Seeds =
    [
        "# syntax=docker/dockerfile:1\nARG TAG=12\nFROM --platform=$BUILDPLATFORM debian:${TAG:-12} AS base\nENV A=1 B=\"$A x\" C='y'\nRUN --mount=type=cache,target=/c,id=\"x\" \\\n  # why\n  make \\\n  all\nFROM base\nCOPY --from=base --chown=1:1 --exclude=*.md [\"a b\", \"/c\"]\nHEALTHCHECK --interval=5s CMD curl -f x\nCMD [\"x\", \"y\"]\n",
        "# escape=`\nFROM a AS x\nRUN <<EOF cat && <<-'E2'\none $x\nEOF\n\ttwo\n\tE2\nCOPY <<F /f\nb\nF\nONBUILD COPY a /b\nSHELL [\"powershell\", `\n \"-c\"]\nLABEL \"a b\"=c d=e\nVOLUME /a /b\nEXPOSE 80 443/tcp\nADD --checksum=sha256:0 https://x/y /y\nENV OLD a value\nARG P=${A/x*/y} Q=${B##*/} R=${C%.*}\nWORKDIR ${P:+/x}/$Q\n",
        "FROM node:22 AS deps\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nFROM deps AS build\nCOPY . .\nRUN npm run build\nFROM nginx\nCOPY --from=build --link /app/dist /usr/share/nginx/html\nUSER 101:101\nSTOPSIGNAL SIGQUIT\nENTRYPOINT [\"/docker-entrypoint.sh\"]\n",
    ];

    static readonly string[] Pieces =
        ["\\\n", "\n", " ", "\"", "'", "$", "${", "}", "${a:-", "${a/", "/", "//", "#", "##", "%", "\\", "`", "[", "]", "[\"", "\",", "<<", "<<E", "\nE\n", "--from=", "--mount=", "--exclude=", "ONBUILD ", "FROM ", "COPY ", "RUN ", "ARG A=", "ENV A=$A", "\t", "\r\n", "\0", "ü", "\U0001F600", "=", "*", "?", "!"];

    [Fact]
    public void A_changed_file_is_read_or_refused_with_a_place_in_it()
    {
        var dice = new Dice(23);
        byte[][] seeds = [.. Seeds.Select(Encoding.UTF8.GetBytes), File.ReadAllBytes(Repository.At("Dockerfile.api")), File.ReadAllBytes(Repository.At("Dockerfile.worker"))];
        for (var round = 0; round < 12_000; round++)
        {
            var file = seeds[dice.Roll(seeds.Length)].ToList();
            for (var change = dice.Roll(6); change >= 0; change--)
                Change(file, dice);
            Holds([.. file]);
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused()
    {
        var dice = new Dice(29);
        for (var round = 0; round < 5000; round++)
        {
            byte[] bytes = [.. Enumerable.Range(0, dice.Roll(300)).Select(_ => (byte)dice.Roll(256))];
            Holds(bytes);
            Holds([.. "FROM a\nRUN "u8, .. bytes]);
        }
    }

    public static TheoryData<string, string> Hostile() => new()
    {
        { "stages on one another", Many("FROM a AS s0\n", 100_000, i => $"FROM s{i} AS s{i + 1}\n") },
        { "stages that take from one", Many("FROM a AS s\n", 1900, i => $"FROM b AS t{i}\n{string.Concat(Enumerable.Repeat("COPY --from=s a b\n", 40))}") },
        { "a circle of stages", Many("", 1900, i => $"FROM a AS s{i}\nCOPY --from=s{(i + 1) % 1900} a b\n") },
        { "ARGs before a stage", Many("", 50_000, i => $"ARG A{i}=$A{i - 1}\n") + Many("", 1900, i => $"FROM a$A{i}\n") },
        { "ARGs that double", Many("FROM a\nARG A=aaaaaaaaaaaaaaaa\n", 50_000, _ => "ARG A=$A$A\n") },
        { "many large values", Many($"FROM a\nENV A={new string('a', 60_000)}\nENV B=$A$A$A$A$A$A$A$A\n", 50_000, i => $"ENV C{i}=$B\n") },
        { "an ARG of itself", "ARG A=$A\nFROM a$A\nARG B=${B:-$B}\nENV C=$C$B\nWORKDIR $C\n" },
        { "ONBUILD behind ONBUILD", "FROM a\n" + Many("", 200_000, _ => "ONBUILD \\\n") + "RUN <<E\n" },
        { "a long list", "FROM a\nCMD [" + Many("", 200_000, _ => "\"a\",\\\n") + "\"b\"]\n" },
        { "a deep list", $"FROM a\nCMD {new string('[', 60_000)}\n" },
        { "substitutions in one another", $"FROM a\nENV A={Many("", 10_000, _ => "${a:-")}{new string('}', 10_000)}\n" },
        { "braces that stay open", "FROM a\nENV A=" + Many("", 20_000, _ => "${") + "\nRUN " + Many("", 20_000, _ => "${") + "<<E\n" },
        { "documents", "FROM a\nRUN " + Many("", 10_000, i => $"<<E{i} ") + "\n" + Many("", 10_000, i => $"E{i}\n") },
        { "an unknown keyword", $"FROM a\n{new string('X', 60_000)} y\n" },
        { "a continuation to the end", "FROM a\n" + Many("", 300_000, _ => "x \\\n") },
        { "empty lines and comments in an instruction", "FROM a\nRUN x \\\n" + Many("", 300_000, i => i % 2 == 0 ? "\n" : "# c\n") },
        { "many patterns", $"FROM a\nENV A={new string('a', 30_000)}\n" + Many("", 20_000, i => $"ENV B{i}=${{A//a*a*a*b/x}} C{i}=${{A##*b}}\n") },
        { "many flags", "FROM a\nRUN " + Many("", 50_000, i => $"--mount=type=cache,target=/{i} \\\n") + "x\n" },
        { "many sources", "FROM a\nCOPY " + Many("", 100_000, i => $"a{i} \\\n") + "/x/\n" },
        { "a hundred thousand copies", Many("FROM a\n", 100_000, i => $"COPY a{i} /x\n") },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_is_made_to_be_slow_or_large_ends(string what, string text)
    {
        Assert.NotEmpty(what);
        Holds(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void An_ignore_file_of_any_bytes_is_read()
    {
        var dice = new Dice(31);
        string[] pieces = ["*", "**", "?", "[", "]", "[a-", "^", "\\", "!", "/", "..", ".", "a", "ü", "\n", " ", "#", "\r\n", "\uFEFF", "\0", "\ud800"];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = round % 4 == 0 ? [.. Enumerable.Range(0, dice.Roll(60)).Select(_ => (byte)dice.Roll(256))] : Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, dice.Roll(30)).Select(_ => pieces[dice.Roll(pieces.Length)])));
            var file = IgnoreFile.Read(bytes);
            var lines = bytes.Count(one => one == '\n') + 1;
            Assert.All(file.Patterns, pattern => Assert.InRange(pattern.Line, 1, lines));
            Assert.All(file.Unreadable, line => Assert.InRange(line.Line, 1, lines));
            var state = IgnoreState.Root(file);
            foreach (var path in new[] { "a", "a/[b", "a/[b/ü", "a/[b/ü/\0\uFFFD" })
                Assert.False((state = state.Of(path)).IsIgnored && state.Decided is null);
        }
    }

    static string Many(string start, int count, Func<int, string> one) => start + string.Concat(Enumerable.Range(0, count).Select(one));

    static void Change(List<byte> file, Dice dice)
    {
        var at = dice.Roll(file.Count + 1);
        var length = Math.Min(dice.Roll(40), file.Count - at);
        switch (dice.Roll(5))
        {
            case 0:
                file.RemoveRange(at, length);
                break;
            case 1:
                file.InsertRange(dice.Roll(file.Count + 1), file.GetRange(at, length));
                break;
            case 2 when at < file.Count:
                file[at] = (byte)dice.Roll(256);
                break;
            default:
                file.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[dice.Roll(Pieces.Length)]));
                break;
        }
    }

    static void Holds(byte[] bytes)
    {
        var (plan, problem) = BuildPlan.Read(bytes);
        Assert.True(plan is null != problem is null);
        var lines = Encoding.UTF8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes).Split('\n');
        if (problem is not null)
            IsInside(lines, problem);
        foreach (var stage in plan?.Stages.TakeLast(3) ?? [])
            try
            {
                var scope = VariableScope.Of(plan!, stage);
                foreach (var step in stage.Steps)
                {
                    scope.Pass(step);
                    _ = scope.Expand(step.Source.Arguments);
                }
            }
            catch (DockerfileSyntaxException e)
            {
                IsInside(lines, e.Problem);
            }
        if (plan is not null)
        {
            Assert.InRange(ContextUse.Of(plan).Count, 0, ContextUse.Most);
            Assert.All(WrittenStep.Of(plan, plan.Stages[^1]), step => Assert.InRange(StepText.Of(step.Step).Length, 1, 300));
        }
    }

    static void IsInside(string[] lines, SyntaxProblem problem)
    {
        Assert.InRange(problem.Reason.Length, 1, Reason);
        Assert.InRange(problem.At.Line, 1, lines.Length);
        Assert.InRange(problem.At.Column, 1, lines[problem.At.Line - 1].Length + 1);
    }
}
