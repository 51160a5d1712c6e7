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
}
