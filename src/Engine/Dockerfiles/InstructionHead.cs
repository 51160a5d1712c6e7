using System.Text;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>Parts an instruction into its keyword, its flags, and the arguments behind them.</summary>
internal static class InstructionHead
{
    public static (PlacedText Keyword, IReadOnlyList<InstructionFlag> Flags, PlacedText Arguments) Of(PlacedText instruction, char escape)
    {
        var whole = instruction.Trim();
        var end = whole.Text.AsSpan().IndexOfAny("\t\v\f\r ");
        if (end < 0)
            return (whole, [], whole.Slice(whole.Length));
        var rest = whole.Slice(end);
        var flags = new List<InstructionFlag>();
        var at = 0;
        while (Flag(rest, ref at, escape) is { } flag)
            flags.Add(flag);
        return (whole.Slice(0, end), flags, rest.Slice(at).Trim());
    }

    // The next word where it begins with two hyphens. Two alone end the flags and are none.
    static InstructionFlag? Flag(PlacedText text, ref int at, char escape)
    {
        var start = at;
        while (start < text.Length && char.IsWhiteSpace(text.Text[start]))
            start++;
        if (!text.Text.AsSpan(start).StartsWith("--"))
            return null;
        var word = new StringBuilder();
        var (end, quote) = (start, '\0');
        for (; end < text.Length && (quote != '\0' || !char.IsWhiteSpace(text.Text[end])); end++)
        {
            var character = text.Text[end];
            if (character == quote)
                quote = '\0';
            else if (quote == '\0' && character is '\'' or '"')
                quote = character;
            else if (character != escape)
                word.Append(character);
            else if (++end < text.Length)
                word.Append(text.Text[end]);
        }
        at = Math.Min(end, text.Length);
        if (word.Length <= 2)
            return null;
        var flag = word.ToString(2, word.Length - 2);
        return flag.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals
            ? new(flag[..equals], flag[(equals + 1)..], text.At(start)) : new(flag, null, text.At(start));
    }
}
