using System.Text;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Dockerfiles.Rules.Measured;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

public sealed class RuleCatalogueTests
{
    [Fact]
    public void Ids_are_unique_and_in_order()
    {
        var ids = RuleCatalogue.All.Select(rule => rule.Id).ToList();
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));
    }

    [Fact]
    public void Every_rule_of_the_engine_is_in_the_list() => Assert.Equal(
        typeof(IDockerfileRule).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IDockerfileRule))).Select(type => type.Name).Order(StringComparer.Ordinal),
        GeneralRules.All.Concat(PackageRules.All).Select(rule => rule.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_rule_that_measures_is_in_the_list_too() => Assert.Equal(
        typeof(IMeasuredRule).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IMeasuredRule))).Select(type => type.Name).Order(StringComparer.Ordinal),
        MeasuredRules.All.Select(rule => rule.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Titles_have_no_full_stop_and_codes_are_hadolints() => Assert.All(RuleCatalogue.All, rule =>
    {
        Assert.Matches("^[A-Za-z].*[^.]$", rule.Title);
        Assert.True(rule.Hadolint is null || System.Text.RegularExpressions.Regex.IsMatch(rule.Hadolint, "^DL[134]0[0-9]{2}$"), rule.Hadolint);
    });

    [Fact]
    public void The_index_lists_every_rule_once_with_its_severity_and_code() => Assert.Equal(
        RuleCatalogue.All.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Hadolint ?? "–"} | {rule.Title} |"),
        File.ReadAllLines(Repository.At("docs/rules/README.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal)));

    [Theory]
    [InlineData("no-such-rule")]
    [InlineData("README")]
    [InlineData("../checks/healthcheck")]
    [InlineData("")]
    public void What_is_no_rule_has_no_page(string id) => Assert.Null(RuleCatalogue.Page(id));

    [Theory]
    [InlineData("Dockerfile.api")]
    [InlineData("Dockerfile.worker")]
    public void Our_own_files_break_no_rule_and_silence_none(string name)
    {
        var review = Adviser.Review(File.ReadAllBytes(Repository.At(name)));
        Assert.Equal((null, 0), (review.Problem, review.Silenced));
        Assert.Empty(review.Advices.Select(advice => $"{advice.Remark.Start} {advice.Rule.Id}: {advice.Remark.Text}"));
    }

    [Fact]
    public void Advices_are_in_the_order_of_the_file()
    {
        var advices = Adviser.Review(Encoding.UTF8.GetBytes("FROM debian\nMAINTAINER Ann\nRUN sudo x\nCMD a\nCMD b\n")).Advices;
        Assert.Equal(["1:6 root-user", "1:6 untagged-base", "2:1 maintainer", "3:5 sudo", "4:1 repeated-cmd", "4:5 shell-form", "5:5 shell-form"], advices.Select(advice => $"{advice.Remark.Start} {advice.Rule.Id}"));
    }
}
