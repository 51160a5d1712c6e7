using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

/// <summary>
/// What versions of an order are made of, for tests to make more: <paramref name="First"/> begins one, and any of <paramref name="Others"/>
/// follow. Two versions to compare have most of their pieces in common, so that they differ late, and in little.
/// </summary>
internal sealed record VersionPieces(IVersionOrder Order, string[] First, string[] Others, int Most = 8)
{
    /// <summary>The same pairs in every run. Those that the order refuses are left out unless <paramref name="refused"/> are wanted too.</summary>
    public IReadOnlyList<(string A, string B)> Pairs(int count, bool refused = false)
    {
        var seed = 0x9E3779B97F4A7C15UL;
        var pairs = new HashSet<(string, string)>();
        for (var tries = 0; pairs.Count < count && tries < count * 200; tries++)
        {
            var pieces = Some(ref seed);
            var a = string.Concat(pieces);
            for (var changes = Next(ref seed, 3); changes >= 0; changes--)
                Change(pieces, ref seed);
            var b = string.Concat(pieces);
            if (refused || Order.Parse(a) is not null && Order.Parse(b) is not null)
                pairs.Add((a, b));
        }
        Assert.Equal(count, pairs.Count);
        return [.. pairs];
    }

    /// <summary>A version, or what looks like one, for each number.</summary>
    public string Version(ulong seed)
    {
        seed = (seed + 1) * 0x9E3779B97F4A7C15UL | 1;
        return string.Concat(Some(ref seed));
    }

    List<string> Some(ref ulong seed)
    {
        var pieces = new List<string> { First[Next(ref seed, First.Length)] };
        for (var left = Next(ref seed, Most); left > 0; left--)
            pieces.Add(Others[Next(ref seed, Others.Length)]);
        return pieces;
    }

    void Change(List<string> pieces, ref ulong seed)
    {
        var at = Next(ref seed, pieces.Count);
        var (piece, last) = (at == 0 ? First[Next(ref seed, First.Length)] : Others[Next(ref seed, Others.Length)], pieces.Count - 1);
        switch (Next(ref seed, 4))
        {
            case 0 when at > 0:
                pieces.RemoveAt(at);
                break;
            case 1:
                pieces.Insert(at + 1, Others[Next(ref seed, Others.Length)]);
                break;
            case 2 when last > 0:
                pieces.RemoveAt(last);
                break;
            default:
                pieces[at] = piece;
                break;
        }
    }

    // xorshift: small, and the same everywhere.
    static int Next(ref ulong seed, int below)
    {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        return (int)(seed % (ulong)below);
    }
}
