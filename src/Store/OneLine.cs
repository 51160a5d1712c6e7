using System.Text;

namespace Plimsoll.Store;

/// <summary>Text of others, made fit for a log, a row and a terminal: no control characters, and not long.</summary>
internal static class OneLine
{
    const int Longest = 1024;

    public static string Of(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > Longest)
                break;
            if (Rune.IsControl(rune))
                line.Append(line is [.., not ' '] ? " " : "");
            else
                line.Append(rune.ToString());
        }
        return line.ToString().TrimEnd();
    }
}
