using System.Numerics;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// Spreads keywords over the buckets of a <see cref="KeywordFilter"/>, and chooses the window of each, so that as few places of ordinary
/// text as possible pass it: windows that are alike share a bucket. Each joins the bucket that this costs least, and then, when all are
/// placed, moves once more where that is better.
/// </summary>
internal sealed class KeywordBuckets
{
    const int Buckets = KeywordFilter.Buckets;
    const int Places = KeywordFilter.WindowBytes;
    const int Halves = 16;
    const int Choices = 3;

    // How often the characters from space to ~ are met among 10,000 of JavaScript, Python and documentation.
    static ReadOnlySpan<ushort> Frequency =>
    [
        1671, 4, 114, 34, 5, 2, 7, 53, 68, 68, 37, 5, 68, 80, 129, 170, 61, 39, 38, 28, 22, 19, 18, 14, 18, 18, 59, 25, 124, 77, 133, 3,
        4, 61, 20, 40, 27, 57, 22, 16, 17, 52, 5, 4, 39, 20, 38, 34, 26, 7, 43, 50, 56, 19, 9, 12, 5, 9, 2, 24, 19, 24, 1, 65,
        26, 395, 99, 257, 237, 662, 140, 111, 192, 379, 32, 39, 283, 153, 382, 399, 192, 8, 363, 434, 520, 161, 55, 53, 49, 75, 8, 16, 5, 16,
    ];

    // For each high half of a byte, how frequent the characters of a set of low halves are together: two sets of eight.
    readonly float[] _sums = new float[8 * 2 * 256];
    readonly Window[] _buckets = new Window[Buckets];
    readonly double[] _costs = new double[Buckets];

    KeywordBuckets()
    {
        for (var set = 1; set < _sums.Length; set++)
            if ((set & 255) is var low and > 0)
                _sums[set] = _sums[set & ~255 | low & low - 1] + Weight(set >> 9 << 4 | set >> 8 << 3 & 8 | BitOperations.TrailingZeroCount(low));
    }

    /// <summary>Which low and which high halves of a byte are admitted at each place: bit sets, four of 16 bits.</summary>
    readonly record struct Window(ulong Low, ulong High)
    {
        public Window With(in Window other) => new(Low | other.Low, High | other.High);

        public static Window Of(ReadOnlySpan<byte> bytes, bool ignoresCase)
        {
            ulong low = 0, high = 0;
            for (var place = 0; place < Places; place++)
            {
                var known = place < bytes.Length;
                low |= (known ? 1UL << (bytes[place] & 0xf) : ushort.MaxValue) << place * Halves;
                high |= (known ? 1UL << (bytes[place] >> 4) : ushort.MaxValue) << place * Halves;
                if (known && ignoresCase && char.IsAsciiLetter((char)bytes[place]))
                    high |= 1UL << (bytes[place] >> 4 ^ 2) << place * Halves;
            }
            return new Window(low, high);
        }
    }

    /// <summary>Sets the window of each keyword on the way.</summary>
    public static KeywordFilter Filter(IReadOnlyList<Keyword> keywords)
    {
        var buckets = new KeywordBuckets();
        var windows = keywords.Select(buckets.ChoicesOf).ToArray();
        var placed = new (int Bucket, int Choice)[keywords.Count];
        // The most frequent first: they found the buckets, and the others join the one that they resemble.
        foreach (var i in Enumerable.Range(0, keywords.Count).OrderByDescending(i => buckets.Cost(windows[i][0].Window)))
            buckets.Join(windows[i], ref placed[i], choices: 1);
        for (var i = 0; i < keywords.Count; i++)
        {
            buckets.Rebuild(placed[i].Bucket, placed, windows, except: i);
            buckets.Join(windows[i], ref placed[i], Choices);
            keywords[i].Offset = windows[i][placed[i].Choice].Offset;
        }
        return new KeywordFilter(buckets.Table(window => window.Low), buckets.Table(window => window.High), keywords);
    }

    (int Offset, Window Window)[] ChoicesOf(Keyword keyword) =>
        [.. Enumerable.Range(0, Math.Max(1, keyword.Bytes.Length - Places + 1))
            .Select(offset => (offset, Window: Window.Of(keyword.Bytes[offset..Math.Min(keyword.Bytes.Length, offset + Places)], keyword.IgnoresCase)))
            .OrderBy(choice => Cost(choice.Window)).Take(Choices)];

    void Join((int Offset, Window Window)[] windows, ref (int Bucket, int Choice) place, int choices)
    {
        var least = double.MaxValue;
        for (var bucket = 0; bucket < Buckets; bucket++)
            for (var choice = 0; choice < Math.Min(choices, windows.Length); choice++)
                if (Cost(_buckets[bucket].With(windows[choice].Window)) - _costs[bucket] is var cost && cost < least)
                    (least, place) = (cost, (bucket, choice));
        Add(place.Bucket, windows[place.Choice].Window);
    }

    void Rebuild(int bucket, (int Bucket, int Choice)[] placed, (int Offset, Window Window)[][] windows, int except)
    {
        (_buckets[bucket], _costs[bucket]) = (default, 0);
        var all = default(Window);
        for (var i = 0; i < placed.Length; i++)
            if (i != except && placed[i].Bucket == bucket)
                all = all.With(windows[i][placed[i].Choice].Window);
        Add(bucket, all);
    }

    void Add(int bucket, in Window window) => _costs[bucket] = Cost(_buckets[bucket] = _buckets[bucket].With(window));

    // The share of ordinary text that passes.
    double Cost(in Window window)
    {
        var product = 1.0;
        for (var place = 0; place < Places; place++)
        {
            var low = (int)(window.Low >> place * Halves) & 0xffff;
            var sum = 0f;
            for (var high = (int)(window.High >> place * Halves) & 0xff; high != 0; high &= high - 1)
            {
                var row = BitOperations.TrailingZeroCount(high) << 9;
                sum += _sums[row | low & 255] + _sums[row | 256 | low >> 8];
            }
            product *= sum / 10_000;
        }
        return product;
    }

    static float Weight(int character) => character >= ' ' && character - ' ' < Frequency.Length ? Frequency[character - ' '] : 1;

    // For each place and each half, the buckets that admit it: one bit each.
    ushort[] Table(Func<Window, ulong> half)
    {
        var table = new ushort[Places * Halves];
        for (var bucket = 0; bucket < Buckets; bucket++)
            for (var i = 0; i < table.Length; i++)
                table[i] |= (ushort)((half(_buckets[bucket]) >> i & 1) << bucket);
        return table;
    }
}
