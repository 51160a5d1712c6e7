namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

public sealed class IgnoreTests
{
    const string Rest = "USER 1\n";

    static (bool Speaks, int Silenced, int Unused) Of(string text, string rule = "untagged-base")
    {
        var review = Advices.Review(text + Rest);
        return (review.Advices.Any(advice => advice.Rule.Id == rule), review.Silenced, review.Advices.Count(advice => advice.Rule.Id == "unused-ignore"));
    }

    [Theory]
    [InlineData("# plimsoll ignore=untagged-base: our own\nFROM a\n")]
    [InlineData("#plimsoll ignore = sudo-x, untagged-base\nFROM a\n", 1)]
    [InlineData("# plimsoll ignore=untagged-base\n# and a word on it\n# hadolint ignore=DL3000\nFROM a\n")]
    [InlineData("# hadolint ignore=DL3008,DL3006\nFROM a\n")]
    [InlineData("# plimsoll ignore=DL3006\nFROM a\n")]
    [InlineData("# plimsoll ignore-file=untagged-base\n\n# text\n\nARG X=1\nFROM a:$X AS x\nFROM a\n")]
    [InlineData("# hadolint global ignore=DL3006\n\nFROM a\n")]
    [InlineData("# syntax=docker/dockerfile:1\n# plimsoll ignore=untagged-base: ours\nFROM a\n")]
    public void A_comment_silences_the_instruction_right_below(string text, int unused = 0) => Assert.Equal((false, 1, unused), Of(text));

    [Theory]
    [InlineData("# plimsoll ignore=untagged-base\n\nFROM a\n", 1)]
    [InlineData("# plimsoll ignore=latest-base\nFROM a\n", 1)]
    [InlineData("# plimsoll ignore untagged-base\nFROM a\n", 1)]
    [InlineData("# plimsoll ignore=nothing-like-it\nFROM a\n", 1)]
    [InlineData("FROM a\n# plimsoll ignore-file=untagged-base\n", 1)]
    [InlineData("# hadolint ignore=DL3007\nFROM a\n", 0)]
    [InlineData("# somebody said plimsoll ignore=untagged-base\nFROM a\n", 0)]
    public void One_that_silences_nothing_is_told(string text, int unused) => Assert.Equal((true, 0, unused), Of(text));

    [Fact]
    public void A_comment_inside_of_an_instruction_is_about_it() =>
        Assert.Equal((false, 1, 0), Of("FROM a:1\nRUN a && \\\n  # plimsoll ignore=sudo: no other way\n  sudo b\n", "sudo"));
}
