using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// Finds where one of a few hundred four-byte windows stands, 32 or 16 positions at a time. Each byte is looked up by its two halves in
/// tables of 16, which say in which of sixteen buckets it occurs at that place of the window; a position stays only when one bucket has all
/// four. What stays is looked up in a table of bits. This is the "fat Teddy" of Hyperscan (X. Wang et al., Hyperscan: A Fast Multi-pattern
/// Regex Matcher for Modern CPUs, NSDI 2019; and the notes on it in Rust's aho-corasick).
/// </summary>
internal sealed class KeywordFilter
{
    /// <summary>Bytes of a window. A keyword of three bytes has any byte for the fourth.</summary>
    public const int WindowBytes = 4;

    public const int Buckets = 16;

    public const int HashBits = 15;

    const int Lanes = Buckets / 8;
    const uint FoldCase = 0x20202020, ThreeBytes = 0x00ffffff;

    // By eight buckets, by half and by place.
    readonly Vector128<byte>[] _tables = new Vector128<byte>[Lanes * 2 * WindowBytes];
    readonly uint[] _bits = new uint[(1 << HashBits) / 32], _shortBits = new uint[(1 << HashBits) / 32];

    /// <param name="low">For each place of the window and each low half of a byte, the buckets that have it: four times 16.</param>
    /// <param name="high">The same for high halves.</param>
    public KeywordFilter(ReadOnlySpan<ushort> low, ReadOnlySpan<ushort> high, IEnumerable<Keyword> keywords)
    {
        for (var place = 0; place < WindowBytes; place++)
            for (var half = 0; half < 16; half++)
                for (var lane = 0; lane < Lanes; lane++)
                {
                    ref var lowTable = ref _tables[(lane * 2 + 0) * WindowBytes + place];
                    ref var highTable = ref _tables[(lane * 2 + 1) * WindowBytes + place];
                    lowTable = lowTable.WithElement(half, (byte)(low[place * 16 + half] >> 8 * lane));
                    highTable = highTable.WithElement(half, (byte)(high[place * 16 + half] >> 8 * lane));
                }
        foreach (var keyword in keywords)
            if (keyword.IsShort)
                _shortBits[ShortHash(keyword.Window) >> 5] |= 1u << (int)ShortHash(keyword.Window);
            else
                _bits[Hash(keyword.Window) >> 5] |= 1u << (int)Hash(keyword.Window);
    }

    /// <summary>The four bytes of a window without their case, in <see cref="HashBits"/> bits.</summary>
    public static uint Hash(uint window) => (window | FoldCase) * 0x9e3779b1 >> 32 - HashBits;

    /// <summary>The same for the first three.</summary>
    public static uint ShortHash(uint window) => Hash(window & ThreeBytes);

    /// <summary>The first position from <paramref name="from"/> on where a window may stand; −1 when there is none.</summary>
    /// <remarks>
    /// In native code the processor is asked at run time, but not for AVX2, and the operators of <see cref="Vector256"/> are calls there. It
    /// is asked once for a text, not for each shuffle: hence a method for each way to shuffle.
    /// </remarks>
    public int Next(ReadOnlySpan<byte> text, int from) =>
        Vector256.IsHardwareAccelerated && Avx2.IsSupported ? Next256(text, from)
        : Ssse3.IsSupported ? Next128<Pshufb>(text, from)
        : Next128<AnyShuffle>(text, from);

    int Next256(ReadOnlySpan<byte> text, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var half = Vector256.Create((byte)0x0f);
        var t = _tables.AsSpan(0, 2 * Lanes * WindowBytes);
        Vector256<byte> a0 = Twice(t[0]), a1 = Twice(t[1]), a2 = Twice(t[2]), a3 = Twice(t[3]), b0 = Twice(t[4]), b1 = Twice(t[5]), b2 = Twice(t[6]), b3 = Twice(t[7]);
        Vector256<byte> c0 = Twice(t[8]), c1 = Twice(t[9]), c2 = Twice(t[10]), c3 = Twice(t[11]), d0 = Twice(t[12]), d1 = Twice(t[13]), d2 = Twice(t[14]), d3 = Twice(t[15]);
        for (; from <= text.Length - (Vector256<byte>.Count + WindowBytes - 1); from += Vector256<byte>.Count)
        {
            var (v0, v1) = (Vector256.LoadUnsafe(ref start, (nuint)from), Vector256.LoadUnsafe(ref start, (nuint)from + 1));
            var (v2, v3) = (Vector256.LoadUnsafe(ref start, (nuint)from + 2), Vector256.LoadUnsafe(ref start, (nuint)from + 3));
            Vector256<byte> l0 = v0 & half, l1 = v1 & half, l2 = v2 & half, l3 = v3 & half;
            Vector256<byte> h0 = High(v0, half), h1 = High(v1, half), h2 = High(v2, half), h3 = High(v3, half);
            var first = Avx2.Shuffle(a0, l0) & Avx2.Shuffle(b0, h0) & Avx2.Shuffle(a1, l1) & Avx2.Shuffle(b1, h1)
                & Avx2.Shuffle(a2, l2) & Avx2.Shuffle(b2, h2) & Avx2.Shuffle(a3, l3) & Avx2.Shuffle(b3, h3);
            var second = Avx2.Shuffle(c0, l0) & Avx2.Shuffle(d0, h0) & Avx2.Shuffle(c1, l1) & Avx2.Shuffle(d1, h1)
                & Avx2.Shuffle(c2, l2) & Avx2.Shuffle(d2, h2) & Avx2.Shuffle(c3, l3) & Avx2.Shuffle(d3, h3);
            for (var left = ~(uint)Avx2.MoveMask(Avx2.CompareEqual(first | second, Vector256<byte>.Zero)); left != 0; left &= left - 1)
                if (IsWindow(text, from + BitOperations.TrailingZeroCount(left)))
                    return from + BitOperations.TrailingZeroCount(left);
        }
        return Next128<Pshufb>(text, from);

        static Vector256<byte> Twice(Vector128<byte> table) => Vector256.Create(table, table);
        static Vector256<byte> High(Vector256<byte> bytes, Vector256<byte> half) => Avx2.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & half;
    }

    /// <summary>The same without AVX2: on older processors, on Arm, and in native code.</summary>
    internal int Next128<TShuffle>(ReadOnlySpan<byte> text, int from) where TShuffle : struct, IShuffle
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var half = Vector128.Create((byte)0x0f);
        var t = _tables.AsSpan(0, 2 * Lanes * WindowBytes);
        Vector128<byte> a0 = t[0], a1 = t[1], a2 = t[2], a3 = t[3], b0 = t[4], b1 = t[5], b2 = t[6], b3 = t[7];
        Vector128<byte> c0 = t[8], c1 = t[9], c2 = t[10], c3 = t[11], d0 = t[12], d1 = t[13], d2 = t[14], d3 = t[15];
        for (; from <= text.Length - (Vector128<byte>.Count + WindowBytes - 1); from += Vector128<byte>.Count)
        {
            var v = Vector128.LoadUnsafe(ref start, (nuint)from);
            Vector128<byte> low = v & half, high = High(v, half);
            Vector128<byte> first = TShuffle.Of(a0, low) & TShuffle.Of(b0, high), second = TShuffle.Of(c0, low) & TShuffle.Of(d0, high);
            v = Vector128.LoadUnsafe(ref start, (nuint)from + 1);
            (low, high) = (v & half, High(v, half));
            (first, second) = (first & TShuffle.Of(a1, low) & TShuffle.Of(b1, high), second & TShuffle.Of(c1, low) & TShuffle.Of(d1, high));
            v = Vector128.LoadUnsafe(ref start, (nuint)from + 2);
            (low, high) = (v & half, High(v, half));
            (first, second) = (first & TShuffle.Of(a2, low) & TShuffle.Of(b2, high), second & TShuffle.Of(c2, low) & TShuffle.Of(d2, high));
            v = Vector128.LoadUnsafe(ref start, (nuint)from + 3);
            (low, high) = (v & half, High(v, half));
            (first, second) = (first & TShuffle.Of(a3, low) & TShuffle.Of(b3, high), second & TShuffle.Of(c3, low) & TShuffle.Of(d3, high));
            for (var left = ~Vector128.Equals(first | second, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff; left != 0; left &= left - 1)
                if (IsWindow(text, from + BitOperations.TrailingZeroCount(left)))
                    return from + BitOperations.TrailingZeroCount(left);
        }
        return NextOfTheLast(text, from);

        static Vector128<byte> High(Vector128<byte> bytes, Vector128<byte> half) => (bytes.AsUInt16() >>> 4).AsByte() & half;
    }

    // Fewer bytes than the loops take at once: their keywords are looked up one by one.
    int NextOfTheLast(ReadOnlySpan<byte> text, int from)
    {
        for (; from <= text.Length - WindowBytes; from++)
            if (IsWindow(text, from))
                return from;
        if (from > text.Length - (WindowBytes - 1))
            return -1;
        // A keyword of three bytes may be the end.
        Span<byte> last = stackalloc byte[WindowBytes];
        last.Clear();
        text[from..].CopyTo(last);
        return IsWindow(last, 0) ? from : -1;
    }

    bool IsWindow(ReadOnlySpan<byte> text, int at)
    {
        var window = BinaryPrimitives.ReadUInt32LittleEndian(text[at..]);
        return Has(_bits, Hash(window)) || Has(_shortBits, ShortHash(window));

        static bool Has(uint[] bits, uint hash) => (bits[hash >> 5] >> (int)hash & 1) != 0;
    }

    /// <summary>Takes from a table of 16 the bytes that 16 halves of bytes name.</summary>
    internal interface IShuffle
    {
        static abstract Vector128<byte> Of(Vector128<byte> table, Vector128<byte> indexes);
    }

    internal readonly struct Pshufb : IShuffle
    {
        public static Vector128<byte> Of(Vector128<byte> table, Vector128<byte> indexes) => Ssse3.Shuffle(table, indexes);
    }

    internal readonly struct AnyShuffle : IShuffle
    {
        public static Vector128<byte> Of(Vector128<byte> table, Vector128<byte> indexes) => Vector128.ShuffleNative(table, indexes);
    }
}
