using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Attribution;

public sealed class FindingPlacesTests
{
    const UnixFileMode Setuid = UnixFileMode.SetUser | (UnixFileMode)0b111_101_101;

    const string Token = "q8Zt1vX0mB4nR7sLw2Ky", Other = "Zp3Kd8VtQ1wNc6Xy9RbG";

    static ImageAttribution Of(string text, ImageBuilder image)
    {
        var plan = Contexts.Contexts.Plan(text);
        var built = image.Build();
        return ImageAttribution.Of(built, ImageReportBuilder.Of(built), plan, plan.Stages[^1]);
    }

    static int?[] Lines(ImageAttribution image, string check) =>
        [.. image.Instructions.Append(image.Others).OfType<InstructionCost>().Where(cost => cost.Found.Findings.Any(finding => finding.Check == check)).Select(cost => cost.Line)];

    static bool IsOfImage(ImageAttribution image, string check) => image.Found.Findings.Any(finding => finding.Check == check);

    static ImageBuilder Base() => new ImageBuilder().Layer("ADD rootfs / # buildkit", layer => layer.File("bin/su", 1000, mode: Setuid));

    [Fact]
    public void What_is_in_a_layer_is_on_the_line_that_made_it_or_on_the_base()
    {
        var image = Of("FROM a\nCOPY a /a\nRUN make\n", Base().Layer("COPY a /a # buildkit", layer => layer.File("a", 1)).Layer("RUN /bin/sh -c make # buildkit", layer => layer.File("usr/bin/x", 1, mode: Setuid)));
        Assert.Equal([3, null], Lines(image, "setuid-setgid"));
    }

    [Fact]
    public void A_user_and_a_health_check_are_on_the_last_line_that_sets_them()
    {
        var image = Of("FROM a\nUSER app\nHEALTHCHECK CMD [\"curl\", \"x\"]\nUSER root\n", Base().Step("USER app").Step("HEALTHCHECK &{[\"CMD\" \"curl\" \"x\"]}").Step("USER root").User("root").HealthCheck("CMD", "curl", "x"));
        Assert.Equal([4], Lines(image, "non-root-user"));
        Assert.Equal([3], Lines(image, "unreachable-healthcheck-tool"));
    }

    [Fact]
    public void What_no_line_sets_is_of_the_image()
    {
        var image = Of("FROM a\nCMD [\"b\"]\n", Base().Step("CMD [\"b\"]"));
        Assert.True(IsOfImage(image, "non-root-user"));
        Assert.True(IsOfImage(image, "healthcheck"));
        Assert.Empty(Lines(image, "non-root-user"));
    }

    [Theory]
    [InlineData("FROM a\nEXPOSE 80\n", 2)]
    [InlineData("FROM a\nEXPOSE 8080\nEXPOSE 80\n", null)]
    public void Of_several_that_add_up_none_is_blamed(string text, int? line)
    {
        var image = Base();
        foreach (var instruction in text.Split('\n').Skip(1).Where(instruction => instruction.Length > 0))
            image.Step(instruction);
        var found = Of(text, image.With(config => config with { ExposedPorts = ["80/tcp"] }));
        Assert.Equal(line is { } one ? [one] : [], Lines(found, "privileged-port"));
        Assert.Equal(line is null, IsOfImage(found, "privileged-port"));
    }

    [Fact]
    public void Secrets_are_on_the_line_that_wrote_them_and_stay_masked()
    {
        var image = Of(
            $"FROM a\nENV MODE=x\nENV \"API_TOKEN\"={Token}\nLABEL password={Other}\nCOPY conf /conf\n",
            Base().Step("ENV MODE=x").Step($"ENV API_TOKEN={Token}").Step($"LABEL password={Other}").Layer("COPY conf /conf # buildkit", layer => layer.File("conf/app.env", $"API_TOKEN={Token}\n"))
                .Env("MODE", "x").Env("API_TOKEN", Token));
        Assert.Equal([3], Lines(image, "secret-in-env"));
        Assert.Equal([4], Lines(image, "secret-in-history"));
        Assert.Equal(["3 env API_TOKEN", "4 history step 4 password", "5 conf/app.env:1"], image.Instructions.SelectMany(cost => cost.Found.Secrets.Select(secret => $"{cost.Line} {secret.Location}")));
        Assert.All(image.Instructions.Append(image.Others!), cost => Assert.All([.. cost.Found.Findings.Select(finding => finding.Evidence), .. cost.Found.Secrets.Select(secret => secret.Masked), cost.Text], text =>
        {
            Assert.DoesNotContain(Token[4..], text, StringComparison.Ordinal);
            Assert.DoesNotContain(Other[4..], text, StringComparison.Ordinal);
        }));
    }

    [Fact]
    public void A_secret_in_the_settings_of_the_base_is_of_the_image()
    {
        var image = Of("FROM a\nRUN make\n", Base().Step($"ENV API_TOKEN={Token}").Layer("RUN /bin/sh -c make # buildkit", layer => layer.File("x", 1)).Env("API_TOKEN", Token));
        Assert.True(IsOfImage(image, "secret-in-env"));
        Assert.Equal("env API_TOKEN", Assert.Single(image.Found.Secrets).Location);
    }

    [Fact]
    public void Everything_that_was_found_is_somewhere_once()
    {
        var built = Base().Step($"ENV API_TOKEN={Token}").Layer("RUN /bin/sh -c make # buildkit", layer => layer.File("usr/bin/x", 1, mode: Setuid).File("id_rsa", "x")).Env("API_TOKEN", Token).Build();
        var (report, plan) = (ImageReportBuilder.Of(built), Contexts.Contexts.Plan($"FROM a\nENV API_TOKEN={Token}\nRUN make\n"));
        var image = ImageAttribution.Of(built, report, plan, plan.Stages[^1]);
        var all = image.Instructions.Append(image.Others!).Select(cost => cost.Found).Append(image.Found).ToList();
        Assert.Equal(report.Findings.Count, all.SelectMany(found => found.Findings).Distinct().Count());
        Assert.Equal(report.Findings.Count, all.Sum(found => found.Findings.Count));
        Assert.Equal(report.Secrets.Count, all.Sum(found => found.Secrets.Count));
    }
}
