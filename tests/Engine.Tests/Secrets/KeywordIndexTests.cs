using System.Text;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Tests.Secrets;

public sealed class KeywordIndexTests
{
    static readonly KeywordIndex Index = new(SecretRules.InFiles);

    static List<(int, string)> Found(byte[] text)
    {
        var found = new List<(int, string)>();
        for (var at = Index.Next(text, 0); at >= 0; at = Index.Next(text, at + 1))
            foreach (var keyword in Index.At(text, at))
                if (keyword.Stands(text, at))
                    found.Add((at - keyword.Offset, $"{keyword.Rule.Id} {Encoding.ASCII.GetString(keyword.Bytes)}"));
        return [.. found.Distinct().Order()];
    }

    static List<(int, string)> Searched(byte[] text)
    {
        var latin = Encoding.Latin1.GetString(text);
        var found = new List<(int, string)>();
        foreach (var rule in SecretRules.InFiles)
            foreach (var keyword in rule.Keywords)
            {
                var comparison = rule.Expression!.Options.HasFlag(System.Text.RegularExpressions.RegexOptions.IgnoreCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
                for (var at = latin.IndexOf(keyword, comparison); at >= 0; at = latin.IndexOf(keyword, at + 1, comparison))
                    found.Add((at, $"{rule.Id} {keyword}"));
            }
        return [.. found.Distinct().Order()];
    }

    [Fact]
    public void Finds_what_a_plain_search_for_each_keyword_finds()
    {
        var bodies = new Bodies(21);
        var keywords = SecretRules.InFiles.SelectMany(rule => rule.Keywords).ToList();
        for (var round = 0; round < 60; round++)
        {
            var text = new List<byte>();
            for (var i = 0; i < 40; i++)
            {
                text.AddRange(bodies.Bytes(bodies.Next(20)));
                var keyword = bodies.Pick(keywords);
                text.AddRange(Encoding.ASCII.GetBytes(bodies.Next(3) switch { 0 => keyword.ToUpperInvariant(), 1 => keyword[..^1], _ => keyword }));
            }

            Assert.Equal(Searched([.. text]), Found([.. text]));
        }
    }

    [Fact]
    public void A_keyword_at_the_end_of_a_text_is_found()
    {
        foreach (var keyword in SecretRules.InFiles.SelectMany(rule => rule.Keywords))
            for (var before = 0; before < 40; before += 13)
                Assert.NotEmpty(Found(Encoding.ASCII.GetBytes(new string('#', before) + keyword)));
    }

    [Fact]
    public void The_search_is_the_same_with_and_without_wide_vectors()
    {
        List<Keyword> keywords = [.. SecretRules.InFiles.SelectMany(rule => rule.Keywords.Select(text => new Keyword(rule, text)))];
        var filter = KeywordBuckets.Filter(keywords);
        var text = Encoding.UTF8.GetBytes(string.Concat(TemptingCorpus.Cases.Take(200).Select(known => Encoding.UTF8.GetString(known.Content))));
        var from = 0;
        for (; from >= 0; from = filter.Next(text, from + 1))
            Assert.Equal(filter.Next128(text, from), filter.Next(text, from));
    }

    [Fact]
    public void Little_of_ordinary_text_passes_the_filter()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(TemptingCorpus.Cases.Where(known => !known.What.StartsWith("in place", StringComparison.Ordinal))
            .Select(known => Encoding.UTF8.GetString(known.Content))));
        var stops = 0;
        for (var at = Index.Next(text, 0); at >= 0; at = Index.Next(text, at + 1))
            stops++;

        Assert.InRange(stops, 1, text.Length / 100);
    }
}
