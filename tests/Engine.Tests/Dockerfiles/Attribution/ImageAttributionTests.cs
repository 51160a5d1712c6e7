using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Attribution;

public sealed class ImageAttributionTests
{
    const string Text = """
        ARG TAG=12
        FROM debian:$TAG AS base
        ENV DIR=/srv LANG="C.UTF-8"
        RUN apt-get update && \
            apt-get install -y curl
        FROM golang AS build
        RUN go build
        FROM base
        WORKDIR $DIR/app
        COPY --chown=app:app web ${DIR}/app/
        RUN <<EOF
        make
        rm -rf cache
        EOF
        COPY --from=build /out /usr/bin/out
        RUN chown -R app $DIR
        EXPOSE 80
        CMD ["serve", "--port", "80"]
        """;

    static ImageBuilder Base() => new ImageBuilder().Layer("/bin/sh -c #(nop) ADD file:0123456789abcdef in / ", layer => layer.File("bin/sh", 1000).File("var/lib/apt/lists/x", 10))
        .Step("/bin/sh -c #(nop)  CMD [\"bash\"]");

    static InspectedImage BuildKit() => Base()
        .Step("ENV DIR=/srv LANG=C.UTF-8")
        .Layer("RUN /bin/sh -c apt-get update &&     apt-get install -y curl # buildkit", layer => layer.File("usr/bin/curl", 200).File("var/lib/apt/lists/x", 20))
        .Layer("WORKDIR /srv/app", layer => layer.Directory("srv/app"))
        .Layer("COPY --chown=app:app web /srv/app/ # buildkit", layer => layer.File("srv/app/a.js", 300).File("srv/app/cache/b", 500))
        .Layer("RUN /bin/sh -c <<EOF\nmake\nrm -rf cache\nEOF # buildkit", layer => layer.Delete("srv/app/cache").File("srv/app/made", 50))
        .Layer("COPY /out /usr/bin/out # buildkit", layer => layer.File("usr/bin/out", 400))
        .Layer("RUN /bin/sh -c chown -R app $DIR # buildkit", layer => layer.File("srv/app/a.js", 300, uid: 5))
        .Step("EXPOSE map[80/tcp:{}]").Step("CMD [\"serve\" \"--port\" \"80\"]").Build();

    static InspectedImage Classic() => Base()
        .Step("/bin/sh -c #(nop)  ENV DIR=/srv LANG=C.UTF-8")
        .Layer("/bin/sh -c apt-get update &&     apt-get install -y curl", layer => layer.File("usr/bin/curl", 200).File("var/lib/apt/lists/x", 20))
        .Step("/bin/sh -c #(nop) WORKDIR /srv/app")
        .Layer("/bin/sh -c #(nop) COPY --chown=app:appdir:00ff in /srv/app/ ", layer => layer.File("srv/app/a.js", 300).File("srv/app/cache/b", 500))
        .Layer("|1 X=y /bin/sh -c make rm -rf cache", layer => layer.Delete("srv/app/cache").File("srv/app/made", 50))
        .Layer("/bin/sh -c #(nop) COPY file:ab12 in /usr/bin/out ", layer => layer.File("usr/bin/out", 400))
        .Layer("/bin/sh -c chown -R app $DIR", layer => layer.File("srv/app/a.js", 300, uid: 5))
        .Step("/bin/sh -c #(nop)  EXPOSE 80").Step("/bin/sh -c #(nop)  CMD [\"serve\" \"--port\" \"80\"]").Build();

    static ImageAttribution Of(InspectedImage image, string text = Text)
    {
        var plan = Contexts.Contexts.Plan(text);
        return ImageAttribution.Of(image, Engine.Reports.ImageReportBuilder.Of(image), plan, plan.Stages[^1]);
    }

    static string Told(InstructionCost cost) =>
        $"{cost.Line} {(cost.IsInImage ? "" : "absent ")}#{cost.Layer?.ToString() ?? "-"} {cost.Bytes} wasted {cost.Wasted}{string.Concat(cost.HiddenBy.Select(cause => $" {cause.How} by line {cause.Line} {cause.Bytes}"))} hides {cost.Hides}";

    [Fact]
    public void Every_layer_of_BuildKit_is_put_on_its_line()
    {
        var found = Of(BuildKit());
        Assert.True(found.Fits);
        Assert.Null(found.Parts);
        Assert.Equal(
            [
                "3 #- 0 wasted 0 hides 0", "4 #1 220 wasted 0 hides 10", "9 #2 0 wasted 0 hides 0", "10 #3 800 wasted 800 Deleted by line 11 500 MetadataCopy by line 16 300 hides 0",
                "11 #4 50 wasted 0 hides 500", "15 #5 400 wasted 0 hides 0", "16 #6 300 wasted 0 hides 300", "17 #- 0 wasted 0 hides 0", "18 #- 0 wasted 0 hides 0",
            ],
            found.Instructions.Select(Told));
        Assert.Equal(" #0 1010 wasted 10 Overwritten by line 4 10 hides 0", Told(found.Others!));
    }

    [Fact]
    public void Every_layer_of_the_classic_builder_is_put_on_its_line()
    {
        var found = Of(Classic());
        Assert.True(found.Fits);
        Assert.Equal(["4 1", "10 2", "11 3", "15 4", "16 5"], found.Instructions.Where(cost => cost.Layer is not null).Select(cost => $"{cost.Line} {cost.Layer}"));
    }

    [Fact]
    public void All_that_is_wasted_is_on_a_line_or_on_the_base()
    {
        var image = BuildKit();
        var found = Of(image);
        Assert.Equal(Waste.Of(image.Layers, image.Tree).ReclaimableBytes, found.Instructions.Sum(cost => cost.Wasted) + found.Others!.Wasted);
        Assert.Equal(image.Layers.Sum(layer => layer.Size), found.Instructions.Sum(cost => cost.Bytes) + found.Others!.Bytes);
    }

    [Fact]
    public void An_image_of_another_file_is_told_with_the_place_where_they_part()
    {
        var found = Of(Base().Step("ENV DIR=/srv LANG=C.UTF-8").Layer("RUN /bin/sh -c apk add python3 # buildkit", layer => layer.File("a", 1))
            .Layer("COPY requirements.txt /x # buildkit", layer => layer.File("b", 1)).Layer("RUN /bin/sh -c pip install -r /x # buildkit", layer => layer.File("c", 1)).Build());
        Assert.False(found.Fits);
        Assert.Equal((new Plimsoll.Engine.Dockerfiles.TextPosition(4, 1), "RUN /bin/sh -c apk add python3 # buildkit"), (found.Parts!.At, found.Parts.There));
    }

    [Fact]
    public void A_line_that_was_added_since_is_absent_and_the_others_stay_where_they_are()
    {
        var found = Of(BuildKit(), Text.Replace("COPY --from=build", "RUN echo a line that is new\nCOPY --from=build", StringComparison.Ordinal));
        Assert.True(found.Fits);
        Assert.Equal("15 absent #- 0 wasted 0 hides 0", Told(found.Instructions.Single(cost => !cost.IsInImage)));
        Assert.Equal(5, found.Instructions.Single(cost => cost.Line == 16).Layer);
        Assert.Equal((15, null), (found.Parts!.At.Line, found.Parts.There));
    }

    [Theory]
    [InlineData("/bin/busybox --install -s /bin")]
    [InlineData("|1 X=y /bin/busybox --install -s /bin")]
    [InlineData("RUN /bin/busybox --install -s /bin # buildkit")]
    public void A_command_in_exec_form_is_known_however_a_builder_writes_it(string line) => Assert.Equal(
        ["2 #1 7 wasted 0 hides 0", "3 #2 2 wasted 0 hides 0"],
        Of(Base().Layer(line, layer => layer.File("a", 7)).Layer("/bin/sh -c make", layer => layer.File("b", 2)).Build(), "FROM a\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\nRUN make\n").Instructions.Select(Told));

    [Fact]
    public void The_same_command_twice_is_two_lines() => Assert.Equal(
        ["2 #1 1 wasted 0 hides 0", "3 #2 2 wasted 0 hides 0"],
        Of(Base().Layer("RUN /bin/sh -c make # buildkit", layer => layer.File("a", 1)).Layer("RUN /bin/sh -c make # buildkit", layer => layer.File("b", 2)).Build(), "FROM a\nRUN make\nRUN make\n").Instructions.Select(Told));

    [Fact]
    public void Values_of_variables_and_secrets_are_not_shown()
    {
        var found = Of(BuildKit(), "FROM a\nENV TOKEN=abc\nRUN curl -H 'Authorization: Bearer ghp_0123456789abcdefghijABCDEFGHIJ012345' x\n");
        Assert.Equal("ENV TOKEN", found.Instructions[0].Text);
        Assert.DoesNotContain("ghp_0123456789", found.Instructions[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_thousands_of_lines_is_held_against_an_image_of_as_many()
    {
        var image = new ImageBuilder();
        for (var i = 0; i < 3000; i++)
            image.Step($"RUN /bin/sh -c echo {i} # buildkit");
        var found = Of(image.Build(), "FROM a\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"RUN echo {i}\n")));
        Assert.All(found.Instructions, cost => Assert.True(cost.IsInImage));
    }
}
