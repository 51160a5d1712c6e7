using System.Text;
using Plimsoll.Engine.Dockerfiles;

namespace Plimsoll.Engine.Tests.Dockerfiles;

public sealed class DockerfileReaderTests
{
    static Dockerfile Read(string text) => DockerfileReader.Read(Encoding.UTF8.GetBytes(text)) switch
    {
        { File: { } file } => file,
        var failed => throw new InvalidOperationException($"{failed.Problem!.At} {failed.Problem.Reason}"),
    };

    static SyntaxProblem Refused(string text) => DockerfileReader.Read(Encoding.UTF8.GetBytes(text)).Problem ?? throw new InvalidOperationException("it was read");

    static string Told(DockerfileInstruction one) =>
        $"{one.At} {one.Name}{string.Concat(one.Flags.Select(flag => $" [{flag.Name}{(flag.Value is { } value ? $"={value}" : "")}@{flag.At}]"))} {one.Arguments.Text}";

    [Fact]
    public void Each_instruction_has_its_place_its_flags_and_its_arguments() => Assert.Equal(
        ["1:1 FROM [platform=linux/amd64@1:6] debian:12 AS base", "3:3 COPY [chown=1000:1000@3:8] [link@3:28] a b /app/", "4:1 RUN make  all"],
        Read("FROM --platform=linux/amd64 debian:12 AS base\n\n  copy --chown=\"1000:1000\" --link a b /app/  \nRUN make  all\n").Instructions.Select(Told));

    [Fact]
    public void Lines_are_joined_where_an_escape_ends_one()
    {
        var file = Read("FROM scratch\nRUN one \\\n  two \\ \t\n# a comment in the middle\n\n    # and one more\n  three\nCMD x\n");
        var run = file.Instructions[1];
        Assert.Equal("one   two   three", run.Arguments.Text);
        Assert.Equal((new TextPosition(2, 5), new TextPosition(3, 3), new TextPosition(7, 3)), (run.Arguments.At(0), run.Arguments.At(6), run.Arguments.At(12)));
        Assert.Equal(7, run.LastLine);
        Assert.Equal(["4:1 a comment in the middle", "6:5 and one more"], file.Comments.Select(comment => $"{comment.At} {comment.Text}"));
        Assert.Equal([new TextPosition(5, 1)], file.EmptyContinuations);
        Assert.Equal("8:1 CMD x", Told(file.Instructions[2]));
    }

    [Fact]
    public void Two_escapes_at_the_end_of_a_line_continue_nothing() => Assert.Equal(["RUN", "CMD"], Read("RUN echo \\\\\nCMD x\n").Instructions.Select(one => one.Name));

    [Fact]
    public void The_escape_may_be_another() => Assert.Equal(
        ["2:1 FROM a", "3:1 RUN dir C:\\  x"], Read("# escape=`\nFROM a\nRUN dir C:\\ `\n x\n").Instructions.Select(Told));

    [Fact]
    public void Directives_stand_before_everything_else()
    {
        Assert.Equal(["syntax=docker/dockerfile:1", "check=skip=all"], Read("#  syntax = docker/dockerfile:1 \n# Check=skip=all\nFROM a").Directives.Select(one => $"{one.Name}={one.Value}"));
        Assert.Empty(Read("# about this file\n# escape=`\nFROM a").Directives);
        Assert.Empty(Read("\n# escape=`\nFROM a").Directives);
        Assert.Empty(Read("FROM a\n# escape=`").Directives);
        Assert.Equal("# foo=bar is a comment".Length, Read("# foo=bar is a comment\n# syntax=x\nFROM a").Comments[0].Text.Length + 2);
        Assert.Equal((new TextPosition(2, 1), true), (Refused("# escape=`\n# escape=\\\nFROM a").At, Refused("# escape=`\n# escape=\\\nFROM a").Reason.Contains("already", StringComparison.Ordinal)));
        Assert.Equal(new TextPosition(1, 1), Refused("# escape=x\nFROM a").At);
    }

    [Fact]
    public void A_document_stands_behind_its_instruction()
    {
        var file = Read("FROM a\nRUN <<EOF cat && <<-'END' sh\none $x\n EOF\nEOF\n\ttwo\n\tEND\nCOPY 3<< name /x\n# no comment\nname\nCMD [\"<<EOF\"]\n");
        Assert.Equal(
            ["EOF - True False 3:1 one $x\n EOF\n", "END - False True 6:1 \ttwo\n", "name 3 True False 9:1 # no comment\n"],
            file.Instructions.SelectMany(one => one.Heredocs).Select(doc => $"{doc.Name} {doc.Descriptor?.ToString() ?? "-"} {doc.Expands} {doc.StripsTabs} {doc.At} {doc.Content}"));
        Assert.Equal([1, 7, 10, 11], file.Instructions.Select(one => one.LastLine));
        Assert.Empty(file.Comments);
    }

    [Theory]
    [InlineData("RUN echo <<<EOF")]
    [InlineData("RUN echo \"<<EOF\"x")]
    [InlineData("RUN [\"cat\", \"<<EOF\"]")]
    [InlineData("RUN echo 'not closed <<EOF")]
    [InlineData("ENV A=<<EOF")]
    [InlineData("RUN echo $((1<<2<<3))")]
    public void Not_everything_with_two_signs_is_a_document(string line) => Assert.Empty(Read($"{line}\nCMD x").Instructions[0].Heredocs);

    [Fact]
    public void A_document_may_stand_behind_what_is_built_on_top() => Assert.Equal("x\n", Read("ONBUILD RUN <<E\nx\nE").Instructions[0].Heredocs.Single().Content);

    [Fact]
    public void What_is_wrong_is_named_with_its_place()
    {
        Assert.Equal(("2:5", "no line with EOF alone ends this document"), (Refused("FROM a\nRUN <<EOF\nx\n").At.ToString(), Refused("FROM a\nRUN <<EOF\nx\n").Reason));
        Assert.Equal(("3:1", "the file has no instruction"), (Refused("# one\n\n# two").At.ToString(), Refused("# one\n\n# two").Reason));
        Assert.Equal("the file has no instruction", Refused("").Reason);
        Assert.Equal(new SyntaxProblem(new(2, 5), "there are bytes here that are not UTF-8"), DockerfileReader.Read([.. "FROM a\nRUN "u8, 0xff, .. "\n"u8]).Problem);
        Assert.Contains("more than 65535 bytes", Refused($"RUN {new string('x', 70_000)}").Reason, StringComparison.Ordinal);
        Assert.Contains("more than the 2097152", Refused(string.Concat(Enumerable.Repeat("RUN x\n", 400_000))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_before_the_first_line_and_other_ends_of_lines_do_not_count() => Assert.Equal(
        ["1:1 FROM a", "2:1 RUN b  c"], Read("\uFEFFFROM a\r\nRUN b \\\r\n c\r\n").Instructions.Select(Told));

    [Fact]
    public void A_hundred_thousand_lines_are_read()
    {
        var file = Read(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"RUN x{i}\n")));
        Assert.Equal("100000:1 RUN x99999", Told(file.Instructions[^1]));
        var endless = Read(string.Concat(Enumerable.Repeat("a \\\n", 100_000)));
        Assert.Equal(100_000, endless.Instructions.Single().LastLine);
    }

    [Fact]
    public void Whatever_bytes_come_there_is_a_file_or_a_place()
    {
        var dice = new Samples.Dice(7);
        string[] pieces = ["FROM a", "RUN ", "COPY ", "ONBUILD ", "<<E", "<<-\"E\"", "E", "\n", "\\\n", "#", " ", "\t", "\"", "'", "$", "${", "}", "--a=b", "[\"x\"]", "[", "# escape=`\n", "`\n", "\r\n", "ü"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + dice.Roll(39)).Select(_ => pieces[dice.Roll(pieces.Length)]));
            var (file, problem) = DockerfileReader.Read(Encoding.UTF8.GetBytes(text));
            Assert.True(file is null != problem is null, text);
            foreach (var at in file?.Instructions.Select(one => one.At) ?? [problem!.At])
                Assert.InRange(at.Line, 1, text.Count(character => character == '\n') + 1);
        }
    }
}
