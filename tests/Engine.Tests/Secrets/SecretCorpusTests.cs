using System.Text;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Tests.Secrets;

public sealed class SecretCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_rule_has_a_true_case() =>
        Assert.Empty(SecretRules.InFiles.Select(rule => rule.Id).Except(SecretCorpus.Cases.Select(known => known.Rule)));

    [Fact]
    public void What_is_planted_is_found_and_what_only_tempts_is_not()
    {
        var (found, falselyFound) = (0, 0);
        foreach (var known in SecretCorpus.Cases)
        {
            var hits = SecretScans.Of(known.Content, known.Path);
            found += hits.Any(hit => hit.Rule.Id == known.Rule) ? 1 : 0;
            falselyFound += hits.Count(hit => hit.Rule.Id != known.Rule);
            if (hits.Count != 1 || hits[0].Rule.Id != known.Rule)
                output.WriteLine($"{known.Rule} in {known.Path}: {string.Join(", ", hits.Select(hit => hit.Rule.Id))} {Encoding.UTF8.GetString(known.Content)[..Math.Min(known.Content.Length, 300)]}");
        }
        foreach (var tempting in TemptingCorpus.Cases)
        {
            var hits = SecretScans.Of(tempting.Content, tempting.Path);
            falselyFound += hits.Count;
            foreach (var hit in hits)
                output.WriteLine($"not a secret ({tempting.What}): {hit.Rule.Id} {hit.Masked} line {hit.Line}");
        }
        var recall = (double)found / SecretCorpus.Cases.Count;
        var precision = (double)found / (found + falselyFound);
        // eng/test shows what a test measured.
        output.WriteLine($"measured: secrets: precision {precision:0.000}, recall {recall:0.000}: {found} of {SecretCorpus.Cases.Count} secrets found, {falselyFound} false findings in them and in {TemptingCorpus.Cases.Count} tempting files");

        Assert.True(SecretCorpus.Cases.Count >= 100 && TemptingCorpus.Cases.Count >= 300);
        Assert.True(precision >= 0.95, $"precision is {precision:0.000}");
        Assert.True(recall >= 0.95, $"recall is {recall:0.000}");
    }
}
