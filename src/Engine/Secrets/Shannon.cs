namespace Plimsoll.Engine.Secrets;

/// <summary>How little a text repeats itself (C. E. Shannon, A Mathematical Theory of Communication, section 6).</summary>
internal static class Shannon
{
    /// <summary>0 for one repeated character, at most 4 for hexadecimal digits and 6 for base64. Characters beyond Latin-1 count as one.</summary>
    public static double BitsPerCharacter(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var character in text)
            counts[Math.Min((int)character, 255)]++;
        var bits = 0.0;
        foreach (var count in counts)
            if (count > 0)
                bits -= count * Math.Log2((double)count / text.Length);
        return text.IsEmpty ? 0 : bits / text.Length;
    }
}
