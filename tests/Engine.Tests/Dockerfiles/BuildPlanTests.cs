using System.Text;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Tests.Dockerfiles;

public sealed class BuildPlanTests
{
    static BuildPlan Read(string text) => BuildPlan.Read(Encoding.UTF8.GetBytes(text)) switch
    {
        { Plan: { } plan } => plan,
        var failed => throw new InvalidOperationException($"{failed.Problem!.At} {failed.Problem.Reason}"),
    };

    static string Refused(string text) => BuildPlan.Read(Encoding.UTF8.GetBytes(text)).Problem is { } problem ? $"{problem.At} {problem.Reason}" : "it was read";

    [Fact]
    public void Stages_stand_on_images_and_on_one_another()
    {
        var plan = Read("ARG TAG=12\nFROM debian:$TAG AS Base\nRUN a\nFROM base AS build\nRUN b\nFROM scratch\nCOPY --from=build /x /x\n");
        Assert.Equal(["base debian:12 - 1", "build - base 1", "stage 2 scratch - 1"], plan.Stages.Select(stage => $"{stage.Title} {stage.Image ?? "-"} {stage.Base?.Title ?? "-"} {stage.Steps.Count}"));
        Assert.Equal(["base"], plan.Needs(plan.Stages[1]).Select(need => need.Stage.Title));
        Assert.Equal(["base", "build", "stage 2"], plan.NeededFor(plan.Stages[2]).Select(stage => stage.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_nothing_needs_is_not_built()
    {
        var plan = Read("FROM a AS one\nFROM b AS two\nFROM c AS three\nRUN --mount=from=one,target=/x x\nCOPY --from=nginx /a /b\nCOPY --from=0 /a /b\n");
        Assert.Equal(["one", "three"], plan.NeededFor(plan.Stages[2]).Select(stage => stage.Title).Order(StringComparer.Ordinal));
        Assert.Null(plan.Find("nginx"));
        Assert.Null(plan.Find("7"));
        Assert.Equal("two", plan.Find("1")!.Title);
    }

    [Fact]
    public void A_name_below_means_an_image() => Assert.Equal("later", Read("FROM later\nFROM x AS later\n").Stages[0].Image);

    [Fact]
    public void Variables_are_what_the_steps_before_have_made_them()
    {
        var plan = Read("""
            ARG VERSION=1.2
            ARG FULL=${VERSION}-slim
            FROM image:$FULL AS base
            ARG VERSION
            ARG OTHER=x
            ENV A=one B=$A-$VERSION
            ENV OTHER=env
            ENV B="$B $OTHER" A=two
            FROM base
            ENV C=$A/$OTHER/$VERSION/$FULL/$TARGETARCH
            ARG TARGETARCH
            ENV C2=$TARGETARCH
            """);
        Assert.Equal("image:1.2-slim", plan.Stages[0].Image);
        var scope = VariableScope.Of(plan, plan.Stages[1]);
        Assert.Equal("two|-1.2 env|env", scope.Expand(Word("$A|$B|$OTHER")));
        foreach (var step in plan.Stages[1].Steps)
            scope.Pass(step);
        Assert.Equal("two/env/1.2// amd64", scope.Expand(Word("$C $C2")));
        Assert.Equal(["FULL", "TARGETARCH"], scope.Unset.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_variable_that_only_a_build_can_give_leaves_the_others_as_they_were()
    {
        var plan = Read("FROM a AS base\nENV A=1 B=2\nENV A=${NONE:?needed}\nARG V=${NONE?}\nFROM base\n");
        Assert.Equal("1 2 ", VariableScope.Of(plan, plan.Stages[1]).Expand(Word("$A $B $V")));
    }

    [Theory]
    [InlineData("ENV C=${B", "3:7 } is missing")]
    [InlineData("ENV C='x", "3:7 the quote ' is not closed")]
    [InlineData("ENV C it's", "3:9 the quote ' is not closed")]
    [InlineData("ENV A=1 C=${B:=x}", "3:15 \":=\" is no modifier of a substitution")]
    [InlineData("ARG C=\"x", "3:7 the quote \" is not closed")]
    [InlineData("LABEL c=${}", "3:9 no variable is named between the braces")]
    [InlineData("WORKDIR ${B", "3:9 } is missing")]
    [InlineData("USER ${B:+${C}", "3:15 } is missing here")]
    [InlineData("STOPSIGNAL \"9", "3:12 the quote \" is not closed")]
    [InlineData("EXPOSE 80 ${B", "3:11 } is missing")]
    [InlineData("VOLUME [\"/a\", \"${B\"]", "3:16 } is missing")]
    [InlineData("COPY a ${B /c", "3:8 } is missing")]
    [InlineData("ADD a 'b", "3:7 the quote ' is not closed")]
    public void A_word_that_no_build_can_read_is_named_with_its_place(string step, string problem)
    {
        Assert.Equal(problem, Refused($"FROM a\nUSER 1\n{step}\nFROM b\n"));
        // It is read by a build on top.
        Read($"FROM a\nONBUILD {step}\n");
    }

    [Fact]
    public void Stages_are_counted_and_may_stand_on_one_another_as_far_as_that()
    {
        var file = "FROM a AS s0\n" + string.Concat(Enumerable.Range(0, 999).Select(i => $"FROM s{i} AS s{i + 1}\nENV A=$A.\n"));
        Assert.Equal(999, VariableScope.Of(Read(file), Read(file).Stages[^1]).Expand(Word("$A")).Length + 1);
        Assert.Equal("2000:1 the file has more than 1000 stages", Refused(file + "FROM x\n"));
    }

    [Theory]
    [InlineData("FROM a AS z\nFROM a AS x\nCOPY --from=y /a /b\nFROM z AS y\nRUN --mount=from=x,target=/m z\nFROM x", "3:1 x needs itself by this")]
    [InlineData("RUN x\nFROM a", "1:1 RUN stands before the first FROM, where only ARG may")]
    [InlineData("ARG A=1", "1:1 there is no FROM, and so no stage")]
    [InlineData("FROM \"\"", "1:6 \"\"\"\" names no image")]
    [InlineData("FROM ${A", "1:6 } is missing")]
    [InlineData("FROM a\nRUN", "2:1 RUN takes an argument")]
    [InlineData("FROM a AS x\nCOPY --from=x /a /b", "2:1 x needs itself by this")]
    [InlineData("FROM a AS x\nCOPY --from=y /a /b\nFROM b AS y\nRUN --mount=from=x,target=/m z", "2:1 x needs itself by this")]
    public void What_cannot_be_built_is_named_with_its_place(string text, string expected) => Assert.Equal(expected, Refused(text));

    [Fact]
    public void Our_own_files_are_read()
    {
        foreach (var name in new[] { "Dockerfile.api", "Dockerfile.worker" })
        {
            var plan = BuildPlan.Read(File.ReadAllBytes(Samples.Repository.At(name))).Plan!;
            Assert.Contains(plan.Stages, stage => stage.Name == "build");
            Assert.Contains("build", plan.NeededFor(plan.Stages[^1]).Select(stage => stage.Title));
        }
    }

    static PlacedText Word(string text) => PlacedText.Of(text, new(1, 1));
}
