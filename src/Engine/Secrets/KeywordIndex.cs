namespace Plimsoll.Engine.Secrets;

/// <summary>All keywords of a set of rules as one automaton over bytes: a filter that passes over almost everything, and what may stand where it stops.</summary>
internal sealed class KeywordIndex
{
    readonly KeywordFilter _filter;
    readonly Keyword[][] _byHash = new Keyword[1 << KeywordFilter.HashBits][];

    public KeywordIndex(IReadOnlyList<SecretRule> rules)
    {
        List<Keyword> keywords = [.. rules.SelectMany(rule => rule.Keywords.Select(text => new Keyword(rule, text)))];
        _filter = KeywordBuckets.Filter(keywords);
        Array.Fill(_byHash, []);
        foreach (var group in keywords.GroupBy(keyword => KeywordFilter.ShortHash(keyword.Window)))
            _byHash[group.Key] = [.. group];
    }

    /// <summary>The first position from <paramref name="from"/> on where the window of a keyword may stand; −1 when there is none.</summary>
    public int Next(ReadOnlySpan<byte> text, int from) => _filter.Next(text, from);

    /// <summary>The keywords whose window may stand at <paramref name="at"/>, in the order of their rules. See <see cref="Keyword.Stands"/>.</summary>
    public ReadOnlySpan<Keyword> At(ReadOnlySpan<byte> text, int at) =>
        _byHash[KeywordFilter.ShortHash(text[at] | (uint)text[at + 1] << 8 | (uint)text[at + 2] << 16)];
}
