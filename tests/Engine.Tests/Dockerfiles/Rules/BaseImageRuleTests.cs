namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

/// <summary>What is said of the image that a stage begins from.</summary>
public sealed class BaseImageRuleTests
{
    [Fact]
    public void A_base_that_only_whoever_builds_can_name_is_no_reason_to_refuse_the_file()
    {
        var review = Advices.Review("ARG BASE\nFROM ${BASE}\nRUN sudo make\nHEALTHCHECK CMD curl localhost\nCMD [\"app\"]\n");
        Assert.Equal(["argument-without-default", "sudo"], review.Advices.Select(advice => advice.Rule.Id));
        Assert.Equal("BASE has no value where none is given to the build, and there is no base then", review.Advices[0].Remark.Text);
    }

    [Theory]
    [InlineData("python:3.13-slim")]
    [InlineData("docker.io/library/node:24")]
    [InlineData("public.ecr.aws/docker/library/debian:13")]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0")]
    [InlineData("gcr.io/distroless/static-debian12")]
    [InlineData("scratch")]
    public void A_base_that_is_known_to_leave_root_needs_a_user(string image) => Assert.Equal([$"1:6-1:{6 + image.Length}"], Advices.Places($"FROM {image}\nCMD [\"/app\"]\n", "root-user"));

    [Theory]
    [InlineData("FROM company/base:1\nCMD [\"/app\"]")]
    [InlineData("FROM quay.io/jupyter/base-notebook:1\nCMD [\"/app\"]")]
    [InlineData("FROM sonarqube:25\nCMD [\"/app\"]")]
    [InlineData("FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled\nCMD [\"/app\"]")]
    [InlineData("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD [\"app.exe\"]")]
    [InlineData("FROM debian:13\nRUN apt-get update")]
    public void Of_a_base_without_a_start_or_of_which_nothing_is_known_nobody_can_say_the_user(string text) => Assert.Empty(Advices.Places(text, "root-user"));

    [Theory]
    [InlineData("COPY --from=tianon/gosu:1 /gosu /usr/local/bin/")]
    [InlineData("RUN apk add --no-cache su-exec")]
    [InlineData("RUN <<E\nset -e\napt-get install -y gosu\nE")]
    public void Where_a_tool_to_give_rights_away_is_brought_the_start_may_use_it(string step) => Assert.Empty(Advices.Places($"FROM debian:13\n{step}\nENTRYPOINT [\"/start.sh\"]\n", "root-user"));

    [Fact]
    public void What_is_copied_into_an_empty_image_is_relative_to_its_root() => Assert.Empty(Advices.Places("FROM scratch\nCOPY app .\n", "relative-copy"));
}
