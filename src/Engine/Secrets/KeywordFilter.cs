using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// Finds where one of a few hundred four-byte windows may stand, 32 or 16 positions at a time. Each byte is looked up by its two halves in
/// tables of 16, which say in which of eight buckets it occurs at that place of the window; a position stays only when one bucket has all
/// four. What stays is looked up in a table of bits. This is the "Teddy" of Hyperscan (X. Wang et al., Hyperscan: A Fast Multi-pattern
/// Regex Matcher for Modern CPUs, NSDI 2019).
/// </summary>
internal sealed class KeywordFilter
{
    /// <summary>Bytes of a window. A keyword of three bytes has any byte for the fourth.</summary>
    public const int WindowBytes = 4;

    const int HashBits = 14;
    const uint FoldCase = 0x202020;

    readonly Vector128<byte> _low0, _low1, _low2, _low3, _high0, _high1, _high2, _high3;
    readonly uint[] _bits = new uint[(1 << HashBits) / 32];

    /// <param name="low">For each place of the window and each low half of a byte, the buckets that have it: four times 16.</param>
    /// <param name="high">The same for high halves.</param>
    /// <param name="anchors">The first three bytes of all windows, in the case in which they stand.</param>
    public KeywordFilter(ReadOnlySpan<byte> low, ReadOnlySpan<byte> high, IEnumerable<uint> anchors)
    {
        (_low0, _low1, _low2, _low3) = (Vector128.Create(low[..16]), Vector128.Create(low[16..32]), Vector128.Create(low[32..48]), Vector128.Create(low[48..]));
        (_high0, _high1, _high2, _high3) = (Vector128.Create(high[..16]), Vector128.Create(high[16..32]), Vector128.Create(high[32..48]), Vector128.Create(high[48..]));
        foreach (var anchor in anchors)
            _bits[Hash(anchor) >> 5] |= 1u << (int)(Hash(anchor) & 31);
    }

    /// <summary>The first three bytes of <paramref name="window"/> without their case. Two windows with one hash are possible.</summary>
    public static uint Hash(uint window) => ((window | FoldCase) & 0xffffff) * 0x9e3779b1 >> 32 - HashBits;

    /// <summary>The first position from <paramref name="from"/> on where a window may stand; −1 when there is none.</summary>
    public int Next(ReadOnlySpan<byte> text, int from) => Avx2.IsSupported ? Next256(text, from) : Next128(text, from);

    int Next256(ReadOnlySpan<byte> text, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var half = Vector256.Create((byte)0x0f);
        Vector256<byte> low0 = Twice(_low0), low1 = Twice(_low1), low2 = Twice(_low2), low3 = Twice(_low3);
        Vector256<byte> high0 = Twice(_high0), high1 = Twice(_high1), high2 = Twice(_high2), high3 = Twice(_high3);
        for (; from <= text.Length - (Vector256<byte>.Count + WindowBytes - 1); from += Vector256<byte>.Count)
        {
            var v0 = Vector256.LoadUnsafe(ref start, (nuint)from);
            var v1 = Vector256.LoadUnsafe(ref start, (nuint)from + 1);
            var v2 = Vector256.LoadUnsafe(ref start, (nuint)from + 2);
            var v3 = Vector256.LoadUnsafe(ref start, (nuint)from + 3);
            var buckets = Avx2.Shuffle(low0, v0 & half) & Avx2.Shuffle(high0, High(v0, half))
                & Avx2.Shuffle(low1, v1 & half) & Avx2.Shuffle(high1, High(v1, half))
                & Avx2.Shuffle(low2, v2 & half) & Avx2.Shuffle(high2, High(v2, half))
                & Avx2.Shuffle(low3, v3 & half) & Avx2.Shuffle(high3, High(v3, half));
            var none = Avx2.CompareEqual(buckets, Vector256<byte>.Zero);
            for (var left = ~(uint)Avx2.MoveMask(none); left != 0; left &= left - 1)
                if (IsAnchor(text, from + BitOperations.TrailingZeroCount(left)))
                    return from + BitOperations.TrailingZeroCount(left);
        }
        return Next128(text, from);

        static Vector256<byte> Twice(Vector128<byte> table) => Vector256.Create(table, table);
        static Vector256<byte> High(Vector256<byte> bytes, Vector256<byte> half) => Avx2.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & half;
    }

    /// <summary>The same without AVX2: on older processors, on Arm, and at the end of a text.</summary>
    internal int Next128(ReadOnlySpan<byte> text, int from)
    {
        for (; from <= text.Length - (Vector128<byte>.Count + WindowBytes - 1); from += Vector128<byte>.Count)
            for (var left = Passing(text[from..]); left != 0; left &= left - 1)
                if (IsAnchor(text, from + BitOperations.TrailingZeroCount(left)))
                    return from + BitOperations.TrailingZeroCount(left);
        if (from >= text.Length)
            return -1;
        // The last bytes, and zeros behind them.
        Span<byte> padded = stackalloc byte[2 * Vector128<byte>.Count + WindowBytes];
        padded.Clear();
        text[from..].CopyTo(padded);
        for (var i = 0; i < text.Length - from; i += Vector128<byte>.Count)
            for (var left = Passing(padded[i..]); left != 0; left &= left - 1)
                if (i + BitOperations.TrailingZeroCount(left) is var at && from + at + WindowBytes - 1 <= text.Length && IsAnchor(padded, at))
                    return from + at;
        return -1;
    }

    uint Passing(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text[..(Vector128<byte>.Count + WindowBytes - 1)]);
        var buckets = Places(Vector128.LoadUnsafe(ref start), _low0, _high0) & Places(Vector128.LoadUnsafe(ref start, 1), _low1, _high1)
            & Places(Vector128.LoadUnsafe(ref start, 2), _low2, _high2) & Places(Vector128.LoadUnsafe(ref start, 3), _low3, _high3);
        return ~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff;

        static Vector128<byte> Places(Vector128<byte> bytes, Vector128<byte> low, Vector128<byte> high) =>
            Vector128.ShuffleNative(low, bytes & Vector128.Create((byte)0x0f)) & Vector128.ShuffleNative(high, bytes >>> 4);
    }

    bool IsAnchor(ReadOnlySpan<byte> text, int at)
    {
        var hash = Hash(BinaryPrimitives.ReadUInt32LittleEndian(text[at..]));
        return (_bits[hash >> 5] >> (int)(hash & 31) & 1) != 0;
    }
}
