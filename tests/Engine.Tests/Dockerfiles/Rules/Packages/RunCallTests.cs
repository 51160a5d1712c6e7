using System.Text;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules.Packages;

public sealed class RunCallTests
{
    static IReadOnlyList<RunCall> Calls(string run) => [.. ReviewedFile.Of(BuildPlan.Read(Encoding.UTF8.GetBytes("FROM a\n" + run)).Plan!).Runs.SelectMany(one => one.Calls)];

    static string Line(RunCall call) => string.Join(' ', call.Words.Select(word => word.Text));

    [Theory]
    [InlineData("RUN sudo -E apt-get update", "apt-get update")]
    [InlineData("RUN env A=b apt-get update", "apt-get update")]
    [InlineData("RUN A=b C=d /usr/bin/apt-get update", "/usr/bin/apt-get update")]
    [InlineData("RUN sh -c \"apt-get update\"", "apt-get update|sh -c apt-get update")]
    [InlineData("RUN bash -lc 'a b && c'", "a b|c|bash -lc a b && c")]
    [InlineData("RUN [\"/bin/bash\", \"-c\", \"a; b\"]", "a|b|/bin/bash -c a; b")]
    [InlineData("RUN [\"apt-get\", \"update\"]", "apt-get update")]
    [InlineData("RUN if a; then apt-get update; fi", "a|apt-get update|fi")]
    [InlineData("RUN for p in a b; do apt-get install $p; done", "for p in a b|apt-get install $p|done")]
    [InlineData("RUN timeout 30 apt-get update", "apt-get update")]
    [InlineData("RUN sudo -u app env -u X nice -n 5 make", "make")]
    [InlineData("RUN sudo", "sudo")]
    [InlineData("RUN export A=b && c", "export A=b|c")]
    [InlineData("RUN xargs -a list apt-get install -y", "apt-get install -y")]
    [InlineData("RUN sh -c \"sh -c \\\"sh -c 'x'\\\"\"", "x|sh -c x|sh -c sh -c 'x'|sh -c sh -c \"sh -c 'x'\"")]
    [InlineData("RUN <<EOF\na\nb c\nEOF", "a|b c")]
    [InlineData("RUN bash -e <<EOF\na\nEOF", "bash -e|a")]
    [InlineData("RUN cat <<EOF >/x\na\nEOF", "cat")]
    [InlineData("RUN <<EOF\n#!/usr/bin/env python3\nimport x\nEOF", "")]
    [InlineData("RUN <<EOF\n#!/bin/bash\na\nEOF", "a")]
    [InlineData("SHELL [\"powershell\"]\nRUN apt-get update", "")]
    [InlineData("SHELL [\"/bin/bash\", \"-c\"]\nRUN a", "a")]
    [InlineData("ONBUILD RUN a", "a")]
    public void A_RUN_starts_programs(string run, string calls) => Assert.Equal(calls, string.Join('|', Calls(run).Select(Line)));

    [Theory]
    [InlineData("RUN  a 'b c' d", "b c", "2:8-2:13")]
    [InlineData("RUN a && \\\n  # why\n  b c", "c", "4:5-4:6")]
    [InlineData("RUN <<EOF\na\n\tb c\nEOF", "c", "4:4-4:5")]
    [InlineData("RUN <<-EOF\n\ta \\\n\tb\n\tEOF", "b", "4:2-4:3")]
    [InlineData("RUN [\"a\", \"b\"]", "b", "2:12-2:13")]
    [InlineData("RUN sh -c \"x && y z\"", "z", "2:19-2:20")]
    [InlineData("RUN sh -c 'x \"y\" z'", "z", "2:18-2:19")]
    [InlineData("RUN sh -c \"x \\\"y\\\" z\"", "z", "2:11-2:22")]
    [InlineData("RUN a$(b c)d e", "c", "2:10-2:11")]
    [InlineData("RUN a$(b c)d e", "a$d", "2:5-2:13")]
    public void Every_word_has_its_place(string run, string word, string place) =>
        Assert.Equal(place, Calls(run).SelectMany(call => call.Words).First(one => one.Text == word) is var found ? $"{found.Start}-{found.End}" : "");

    [Fact]
    public void Variables_come_from_the_file_and_from_the_call()
    {
        var runs = ReviewedFile.Of(BuildPlan.Read("FROM a AS one\nENV A=1 B=\"0\"\nFROM one\nARG C=x\nRUN D=1 p && q\nENV E=1\nFROM b\nRUN export F=1 && p\n"u8).Plan!).Runs;
        Assert.Equal("A C", string.Join(' ', "A B C D E F".Split(' ').Where(name => runs[0].IsSet(name))));
        Assert.True(runs[0].IsSet("D", runs[0].Calls[0]));
        Assert.False(runs[0].IsSet("D", runs[0].Calls[1]));
        Assert.Equal("F", string.Join(' ', "A B C D E F".Split(' ').Where(name => runs[1].IsSet(name))));
    }
}
