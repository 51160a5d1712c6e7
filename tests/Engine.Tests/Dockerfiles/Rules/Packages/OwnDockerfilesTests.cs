using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules.Packages;

public sealed class OwnDockerfilesTests
{
    [Theory]
    [InlineData("Dockerfile.api")]
    [InlineData("Dockerfile.worker")]
    public void The_Dockerfiles_of_the_product_break_no_rule_about_packages(string name)
    {
        var ids = PackageRules.All.Select(rule => rule.Info.Id).ToHashSet();
        Assert.Empty(Advised.All(File.ReadAllText(Repository.At(name))).Where(advice => ids.Contains(advice.Rule.Id)).Select(advice => $"{advice.Remark.Start} {advice.Rule.Id}"));
    }

    [Fact]
    public void Rules_stand_in_the_order_of_their_ids()
    {
        var ids = PackageRules.All.Select(rule => rule.Info.Id).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }
}
