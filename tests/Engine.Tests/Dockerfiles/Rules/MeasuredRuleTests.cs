using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Reports;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

/// <summary>Rules that hold a Dockerfile against its context and its image.</summary>
public sealed class MeasuredRuleTests
{
    const string Wasteful = "FROM a:1\nCOPY big /tmp/big\nRUN tar -xf /tmp/big\nRUN rm /tmp/big\nUSER 1\n";

    const string Careless = "FROM a:1 AS base\nCOPY . /all\nFROM base\nUSER 1\n";

    static DockerfileReview Review(string text, string ignore = "") => Of(text, plan => Measured.Around(plan, ignore));

    static DockerfileReview Of(string text, Func<Engine.Dockerfiles.Plans.BuildPlan, Surroundings> around)
    {
        var plan = Contexts.Contexts.Plan(text);
        return Adviser.Review(Encoding.UTF8.GetBytes(text), plan, around(plan));
    }

    static IEnumerable<string> Told(DockerfileReview review, string rule) =>
        review.Advices.Where(advice => advice.Rule.Id == rule).Select(advice => $"{advice.Remark.Start}-{advice.Remark.End} {advice.Remark.Text}");

    [Fact]
    public void Bytes_are_wasted_on_the_line_that_brought_them_with_the_line_that_hides_them() => Assert.Equal(
        ["2:1-2:5 of the 3.0 MiB in its layer nobody can read 3.0 MiB: 3.0 MiB deleted by line 4"], Told(Review(Wasteful), "wasted-bytes"));

    [Fact]
    public void What_hides_the_base_image_is_told_itself() => Assert.Equal(
        ["2:1-2:4 it hides 3.0 MiB of the base image, which are pulled all the same"], Told(Review("FROM a:1\nRUN rm /bin/sh\nRUN make\nUSER 1\n"), "wasted-bytes"));

    [Fact]
    public void Of_an_image_of_another_file_nothing_is_said() => Assert.Empty(Told(Of(Wasteful, plan => new(null, null, Measured.Around(plan).Image! with { Fits = false })), "wasted-bytes"));

    [Fact]
    public void A_secret_is_told_of_the_copy_that_ships_it()
    {
        Assert.Equal(["2:1-2:5 whoever has the image has .env, also where a later step deletes it"], Told(Review(Careless), "secret-in-context"));
        Assert.Empty(Told(Review(Careless, ".env\n"), "secret-in-context"));
        Assert.Empty(Told(Review("FROM a:1 AS build\nCOPY . /all\nFROM b:1\nCOPY --from=build /out /out\nUSER 1\n"), "secret-in-context"));
        Assert.Empty(Told(Review("FROM a:1\nRUN --mount=type=bind,target=/src make\nUSER 1\n"), "secret-in-context"));
        // A step that names it is another rule's.
        Assert.Empty(Told(Review("FROM a:1\nCOPY .env src /all/\nUSER 1\n"), "secret-in-context"));
    }

    [Fact]
    public void What_belongs_into_no_image_is_told_of_the_first_step_that_takes_it()
    {
        var advice = Assert.Single(Review("FROM a:1 AS build\nCOPY src /src\nCOPY . /all\nFROM b:1\nCOPY . /all\nUSER 1\n").Advices, advice => advice.Rule.Id == "unignored-leftovers");
        Assert.Equal(("3:1", "it takes .git (4.9 KiB), node_modules (300 B)", "Add to .dockerignore: .git, node_modules."), ($"{advice.Remark.Start}", advice.Remark.Text, advice.Remedy));
        Assert.Empty(Told(Review(Careless, ".git\nnode_modules\n"), "unignored-leftovers"));
    }

    [Theory]
    [InlineData("COPY src/a.js package.json ./nothere/ /y/", "", "2:6-2:14 the context has no src/a.js, and the build fails here", "2:28-2:38 the context has no ./nothere/, and the build fails here")]
    [InlineData("COPY package.json /y", "*.json", "2:6-2:18 the ignore file takes package.json out, and the build fails here")]
    [InlineData("ADD node_modules/a /y", "node_modules\n!node_modules/b", "2:5-2:19 the ignore file takes node_modules/a out, and the build fails here")]
    [InlineData("COPY src /y", "src\n!src/app.js")]
    [InlineData("COPY . ./ src/../keys /y/", "")]
    [InlineData("COPY *.lock src/no[1]* $FILE /y/", "")]
    [InlineData("ADD https://x/y git@github.com:x/y.git /y/", "")]
    [InlineData("COPY --from=b:1 nothere /y", "")]
    [InlineData("COPY <<E /y\nx\nE", "")]
    [InlineData("RUN x\nFROM b:1\nUSER 1\nFROM a:1\nCOPY src /y", "")]
    public void A_source_that_the_build_is_not_given_is_told(string step, string ignore, params string[] told) => Assert.Equal(told, Told(Review($"FROM a:1\n{step}\nUSER 1\n", ignore), "missing-source"));

    [Fact]
    public void A_source_of_a_stage_that_is_not_built_fails_nothing() => Assert.Empty(Told(Review("FROM a:1 AS other\nCOPY nothere /y\nFROM b:1\nCOPY src /y\nUSER 1\n"), "missing-source"));

    [Fact]
    public void Behind_a_link_or_in_an_empty_folder_anything_may_be()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("empty"));
        File.CreateSymbolicLink(folder.At("link"), "nowhere");
        Assert.Empty(Contexts.Contexts.Report(folder, "FROM a:1\nCOPY empty link link/x /y/\n").Missing);
    }

    [Fact]
    public void Comments_in_the_file_silence_them()
    {
        var review = Review("FROM a:1\n# plimsoll ignore=secret-in-context,unignored-leftovers: it is ours\nCOPY . /all\n# plimsoll ignore=wasted-bytes\nCOPY big /tmp/big\nRUN rm /tmp/big\nUSER 1\n");
        Assert.Equal(3, review.Silenced);
        Assert.DoesNotContain(review.Advices, advice => advice.Rule.Id is "secret-in-context" or "unignored-leftovers" or "wasted-bytes" or "unused-ignore");
    }

    [Fact]
    public void A_comment_is_unused_only_where_the_rule_could_speak()
    {
        const string Text = "FROM a:1\n# plimsoll ignore=wasted-bytes,secret-in-context\nCOPY src /src\nRUN make\nUSER 1\n";
        Assert.DoesNotContain(Advices.Review(Text).Advices, advice => advice.Rule.Id == "unused-ignore");
        Assert.Equal(2, Review(Text).Advices.Count(advice => advice.Rule.Id == "unused-ignore"));
        Assert.Equal(1, Of(Text, plan => Measured.Around(plan) with { Image = null }).Advices.Count(advice => advice.Rule.Id == "unused-ignore"));
    }

    [Fact]
    public void They_are_in_every_format_and_count_for_the_worst()
    {
        var review = Review(Careless);
        Assert.Equal(Severity.High, review.Worst);
        Assert.Contains("secret-in-context", Results(review, AdviceSarif.Write)["runs"]![0]!["results"]!.AsArray().Select(result => (string)result!["ruleId"]!));
        Assert.Contains("secret-in-context", Results(review, AdviceCodeQuality.Write).AsArray().Select(one => (string)one!["check_name"]!));
        Assert.Contains("secret-in-context", Results(review, AdviceJson.Write)["advices"]!.AsArray().Select(advice => (string)advice!["rule"]!));
    }

    static JsonNode Results(DockerfileReview review, Action<DockerfileReview, string, Stream> format) => JsonNode.Parse(FormatSamples.Written(output => format(review, "Dockerfile", output)))!;
}
