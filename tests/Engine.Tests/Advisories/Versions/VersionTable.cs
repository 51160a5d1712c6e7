using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

/// <summary>Versions written down in their order, a row on each line: <c>1.0~rc1 &lt; 1.0 = 1.0-0 &lt; 1.1</c>. What follows a tab is why.</summary>
internal static class VersionTable
{
    /// <summary>Every two of a line compare as the line says, either way around.</summary>
    public static void Holds(IVersionOrder order, string table)
    {
        foreach (var line in table.Split('\n').Select(line => line.Split('\t')[0]).Where(line => line.Length > 0))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var versions = words.Where((_, i) => i % 2 == 0).Select(word => Read(order, word)).ToList();
            Assert.True(versions.Count > 1, $"a row compares something: {line}");
            for (var i = 0; i < versions.Count; i++)
            {
                for (var j = i; j < versions.Count; j++)
                {
                    var expected = Enumerable.Range(i, j - i).Any(at => words[at * 2 + 1] is "<") ? -1 : 0;
                    Assert.True(expected == Math.Sign(versions[i].CompareTo(versions[j])), $"{order.Name}: {versions[i]} and {versions[j]} in: {line}");
                    Assert.True(-expected == Math.Sign(versions[j].CompareTo(versions[i])), $"{order.Name}: {versions[j]} and {versions[i]} in: {line}");
                }
            }
        }
    }

    public static void Refuses(IVersionOrder order, params string[] texts) =>
        Assert.All(texts, text => Assert.True(order.Parse(text) is null, $"{order.Name} takes '{text}' for a version"));

    public static ParsedVersion Read(IVersionOrder order, string text)
    {
        var version = order.Parse(text);
        Assert.True(version is not null, $"{order.Name} does not take '{text}' for a version");
        Assert.Equal(text, version.Text);
        return version;
    }
}
