using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules.Packages;

public sealed class OwnDockerfilesTests
{
    [Theory]
    [InlineData("Dockerfile.api")]
    [InlineData("Dockerfile.worker")]
    public void The_Dockerfiles_of_the_product_break_no_rule_and_silence_none(string name)
    {
        var review = Advices.Review(File.ReadAllText(Repository.At(name)));
        Assert.Empty(review.Advices.Select(advice => $"{advice.Remark.Start} {advice.Rule.Id}"));
        Assert.Equal(0, review.Silenced);
    }

    [Fact]
    public void Rules_stand_in_the_order_of_their_ids()
    {
        var ids = PackageRules.All.Select(rule => rule.Info.Id).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }
}
