using System.Text;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Dockerfiles.Rules.Measured;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

/// <summary>Every rule is held against its own page: the file that the page calls wrong breaks it, the one that mends it does not.</summary>
public sealed class RulePageTests
{
    public static TheoryData<string> Ids => [.. RuleCatalogue.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_says_what_the_rule_says(string id)
    {
        var rule = RuleCatalogue.All.Single(rule => rule.Id == id);
        var lines = Page(id).Split('\n');
        Assert.Equal($"# {id}: {rule.Title}", lines[0]);
        Assert.Equal($"Severity: {rule.Severity.ToString().ToLowerInvariant()}{(rule.Hadolint is { } code ? $" · hadolint {code}" : "")}", lines[2]);
        Assert.Equal(["## What", "## Why", "## How to fix"], lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.EndsWith(".", rule.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_file_under_What_breaks_the_rule(string id) =>
        Assert.All(Files(id, "What"), file => Assert.Contains(id, Broken(id, file)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_file_under_How_to_fix_does_not(string id) =>
        Assert.All(Files(id, "How to fix"), file => Assert.DoesNotContain(id, Broken(id, file)));

    // They are shown as one sentence.
    [Theory]
    [MemberData(nameof(Ids))]
    public void What_is_seen_does_not_say_the_title_again(string id) =>
        Assert.All(Files(id, "What").SelectMany(file => Said(id, file)).Where(advice => advice.Rule.Id == id), advice =>
        {
            var words = advice.Rule.Title.Split(' ');
            for (var at = 0; at + 4 <= words.Length; at++)
                Assert.DoesNotContain(string.Join(' ', words[at..(at + 4)]), advice.Remark.Text, StringComparison.OrdinalIgnoreCase);
        });

    static IEnumerable<string> Broken(string id, string file) => Said(id, file).Select(advice => advice.Rule.Id);

    static IReadOnlyList<Advice> Said(string id, string file)
    {
        var (plan, problem) = BuildPlan.Read(Encoding.UTF8.GetBytes(file));
        Assert.Null(problem);
        return RuleCatalogue.Run(ReviewedFile.Of(plan!), MeasuredRules.All.Any(rule => rule.Info.Id == id) ? Measured.Around(plan!) : Surroundings.None).Advices;
    }

    static List<string> Files(string id, string heading)
    {
        var section = Page(id).Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        List<string> files = [.. section.Split("```dockerfile\n").Skip(1).Select(rest => rest.Split("```")[0])];
        Assert.NotEmpty(files);
        return files;
    }

    static string Page(string id)
    {
        var page = RuleCatalogue.Page(id);
        Assert.NotNull(page);
        return page.ReplaceLineEndings("\n");
    }
}
