using Plimsoll.Engine.Secrets;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Secrets;

public sealed class SecretRulesTests
{
    [Fact]
    public void There_are_more_than_a_hundred_rules_and_their_ids_are_unique()
    {
        var ids = SecretRules.InFiles.Select(rule => rule.Id).ToList();

        Assert.True(ids.Count > 100, $"{ids.Count}");
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", id));
        Assert.DoesNotContain(SecretRules.ByName.Id, ids);
    }

    [Fact]
    public void Every_keyword_is_long_enough_to_be_looked_for() => Assert.All(SecretRules.InFiles, rule =>
    {
        Assert.NotEmpty(rule.Keywords);
        Assert.All(rule.Keywords, keyword => Assert.InRange(keyword.Length, 3, 64));
        Assert.All(rule.Keywords, keyword => Assert.All(keyword, character => Assert.True(char.IsAscii(character))));
    });

    [Fact]
    public void Every_expression_stays_where_its_keyword_is() => Assert.All(SecretRules.InFiles, rule =>
    {
        var expression = rule.Expression!.ToString();

        Assert.True(expression.StartsWith("\\G", StringComparison.Ordinal) || rule.Lead > 0, rule.Id);
        Assert.InRange(rule.Lead, 0, SecretRule.LongestLead);
        Assert.InRange(rule.Reach, 1, SecretRule.LongestReach);
        // Nothing repeats without an end: no *, no +, no {n,} outside a class.
        Assert.DoesNotMatch("(?<!\\\\)[*+](?![^\\[]*\\])|\\{[0-9]+,\\}", expression);
    });

    [Fact]
    public void Every_reason_to_allow_is_said() =>
        Assert.All(AllowRules.All.Concat(SecretRules.InFiles.SelectMany(rule => rule.Allows)), allow => Assert.Matches("^[a-zA-Z].{15,}[^.]$", allow.Reason));

    [Fact]
    public void The_page_lists_every_rule_and_every_reason()
    {
        var page = File.ReadAllLines(Repository.At("docs/secrets.md"));

        Assert.Equal(
            SecretRules.InFiles.Append(SecretRules.ByName).Select(rule =>
                $"| `{rule.Id}` | {rule.Severity.ToString().ToLowerInvariant()} | {(rule.InBinary ? "yes" : rule == SecretRules.ByName ? "env, history" : "text")} | {rule.Title} |"),
            page.Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
        Assert.All(AllowRules.All.Concat(SecretRules.InFiles.SelectMany(rule => rule.Allows)), allow => Assert.Contains($"- {allow.Reason}", page));
        Assert.All(SecretDoubts.Reasons, reason => Assert.Contains(page, line => line.StartsWith($"- {reason}", StringComparison.Ordinal)));
    }
}
