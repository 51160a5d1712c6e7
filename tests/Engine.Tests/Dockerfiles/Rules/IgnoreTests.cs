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

    [Fact]
    public void What_others_say_of_a_file_is_silenced_too()
    {
        var rule = new Plimsoll.Engine.Dockerfiles.Rules.RuleInfo("of-others", Engine.Reports.Severity.High, "T", "R.", null);
        var review = Engine.Dockerfiles.Adviser.Review("FROM a:1\n# plimsoll ignore=of-others\nUSER 1\nCMD [\"a\"]\n"u8, _ => [new(rule, new("x", new(3, 1), new(3, 5))), new(rule, new("y", new(4, 1), new(4, 4)))]);
        Assert.Equal(1, review.Silenced);
        Assert.Equal(["y"], review.Advices.Where(advice => advice.Rule == rule).Select(advice => advice.Remark.Text));
    }
}
