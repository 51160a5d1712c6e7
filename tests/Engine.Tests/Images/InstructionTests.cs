using Plimsoll.Engine.Images;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Images;

public sealed class InstructionTests
{
    [Theory]
    [InlineData("/bin/sh -c #(nop)  ENV PATH=/usr/bin", "ENV", "PATH=/usr/bin")]
    [InlineData("/bin/sh -c #(nop) ADD file:4b03 in / ", "ADD", "file:4b03 in /")]
    [InlineData("/bin/sh -c apt-get update", "RUN", "apt-get update")]
    [InlineData("/bin/bash -o pipefail -c curl x | sh", "RUN", "curl x | sh")]
    [InlineData("RUN /bin/sh -c apt-get update # buildkit", "RUN", "apt-get update")]
    [InlineData("RUN make all # buildkit", "RUN", "make all")]
    [InlineData("RUN /bin/sh -c set -eux; \tapt-get update; # buildkit", "RUN", "set -eux; \tapt-get update;")]
    [InlineData("COPY --from=build /out /app # buildkit", "COPY", "--from=build /out /app")]
    [InlineData("ENV A=b", "ENV", "A=b")]
    [InlineData("EXPOSE map[80/tcp:{}]", "EXPOSE", "map[80/tcp:{}]")]
    [InlineData("cmd /S /C #(nop)  USER app", "USER", "app")]
    [InlineData("# debian.sh --arch 'amd64' out/ 'bookworm'", "", "# debian.sh --arch 'amd64' out/ 'bookworm'")]
    [InlineData("bazel build ...", "", "bazel build ...")]
    [InlineData("", "", "")]
    public void A_line_of_any_builder_is_read_as_its_instruction(string line, string verb, string arguments)
    {
        var instruction = Instruction.Parse(line);

        Assert.Equal((verb, arguments), (instruction.Verb, instruction.Arguments));
        Assert.Empty(instruction.BuildArgs);
    }

    [Theory]
    [InlineData("|1 TOKEN=x /bin/sh -c make", "TOKEN=x", "make")]
    [InlineData("RUN |1 TOKEN=x /bin/sh -c make # buildkit", "TOKEN=x", "make")]
    [InlineData("|2 A=two words B=c=d /bin/sh -c make", "A=two words,B=c=d", "make")]
    [InlineData("RUN |2 A= B=/usr/bin:/bin /bin/bash -o pipefail -c make # buildkit", "A=,B=/usr/bin:/bin", "make")]
    [InlineData("RUN |1 A=b make all # buildkit", "A=b", "make all")]
    [InlineData("RUN |0 /bin/sh -c make # buildkit", "", "make")]
    [InlineData("|3 A=b", "A=b", "")]
    [InlineData("|9999 ", "", "|9999")]
    public void Build_arguments_are_taken_apart_from_the_command(string line, string args, string command)
    {
        var instruction = Instruction.Parse(line);

        Assert.Equal(args, string.Join(',', instruction.BuildArgs.Select(arg => $"{arg.Key}={arg.Value}")));
        Assert.Equal(command, instruction.Arguments);
    }

    [Fact]
    public void Steps_are_counted_from_one_and_layers_from_zero_and_an_empty_step_has_none()
    {
        var image = new ImageBuilder().Step("ARG A").Layer("COPY a / # buildkit", layer => layer.File("a", "x")).Step("ENV A=b").Layer("COPY b / # buildkit", layer => layer.File("b", "x"))
            .Step("CMD [\"a\"]").Build();

        Assert.Equal([(1, null), (2, 0), (3, null), (4, 1), (5, null)], image.Steps.Select(step => (step.Number, step.Layer)));
    }

    [Fact]
    public void A_history_that_is_longer_than_the_layers_names_none_that_is_not_there()
    {
        var image = new ImageBuilder().Layer(layer => layer.File("a", "x")).Build();
        var longer = image with { Config = image.Config with { History = [.. image.Config.History, new HistoryEntry("RUN x", false, null, null)] } };

        Assert.Equal([0, null], HistoryStep.Of(longer.Config.History, longer.Layers.Count).Select(step => step.Layer));
    }
}
