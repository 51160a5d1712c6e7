namespace Plimsoll.Engine.Secrets;

/// <summary>
/// Spreads keywords over the eight buckets of a <see cref="KeywordFilter"/>, so that as few bytes of ordinary text as possible pass it:
/// windows that are alike share a bucket.
/// </summary>
internal sealed class KeywordBuckets
{
    const int Buckets = 8;
    const int Places = KeywordFilter.WindowBytes;
    const int Halves = 16;
    const byte Case = 0x20;

    // Which low and which high halves a bucket admits at a place: bit sets.
    readonly ushort[,] _low = new ushort[Buckets, Places], _high = new ushort[Buckets, Places];

    KeywordBuckets(IEnumerable<Keyword> keywords)
    {
        var passing = new double[Buckets];
        foreach (var keyword in keywords)
        {
            var best = Enumerable.Range(0, Buckets).MinBy(bucket => Passing(bucket, keyword) - passing[bucket]);
            passing[best] = Passing(best, keyword);
            for (var place = 0; place < Places; place++)
                (_low[best, place], _high[best, place]) = With(best, place, keyword);
        }
    }

    public static KeywordFilter Filter(IReadOnlyList<Keyword> keywords)
    {
        // The most common windows first: they found the buckets, and the others join the one that they resemble.
        var buckets = new KeywordBuckets(keywords.OrderByDescending(keyword => Product(keyword.Window)));
        return new KeywordFilter(Table(buckets._low), Table(buckets._high), keywords.Select(keyword => keyword.Anchor));
    }

    static double Product(ReadOnlySpan<byte> window)
    {
        var product = 1.0;
        foreach (var character in window)
            product *= Keyword.Weight(character);
        return product;
    }

    (ushort Low, ushort High) With(int bucket, int place, Keyword keyword)
    {
        var (low, high) = (_low[bucket, place], _high[bucket, place]);
        if (place >= keyword.Window.Length)
            return (ushort.MaxValue, ushort.MaxValue);
        var character = keyword.Window[place];
        low |= (ushort)(1 << (character & 0xf));
        high |= (ushort)(1 << (character >> 4));
        if (keyword.IgnoresCase && char.IsAsciiLetter((char)character))
            high |= (ushort)(1 << ((character ^ Case) >> 4));
        return (low, high);
    }

    // How much of ordinary text the bucket would let pass.
    double Passing(int bucket, Keyword keyword)
    {
        var product = 1.0;
        for (var place = 0; place < Places; place++)
        {
            var (low, high) = With(bucket, place, keyword);
            var sum = 0;
            for (var character = 0; character < 128; character++)
                if ((high >> (character >> 4) & 1) != 0 && (low >> (character & 0xf) & 1) != 0)
                    sum += Keyword.Weight((byte)character);
            product *= sum;
        }
        return product;
    }

    static byte[] Table(ushort[,] sets)
    {
        var table = new byte[Places * Halves];
        for (var place = 0; place < Places; place++)
            for (var half = 0; half < Halves; half++)
                for (var bucket = 0; bucket < Buckets; bucket++)
                    if ((sets[bucket, place] >> half & 1) != 0)
                        table[place * Halves + half] |= (byte)(1 << bucket);
        return table;
    }
}
