namespace Plimsoll.Engine.Dockerfiles;

/// <summary>A text that may have been joined of several lines, and where each of its characters stands in the file.</summary>
public sealed class PlacedText
{
    // Where each piece begins, in the whole text that this is a part of.
    readonly IReadOnlyList<(int Offset, TextPosition At)> _pieces;
    readonly int _offset;

    PlacedText(string text, IReadOnlyList<(int Offset, TextPosition At)> pieces, int offset) => (Text, _pieces, _offset) = (text, pieces, offset);

    /// <summary>A text whose first character stands there, and all others behind it.</summary>
    public static PlacedText Of(string text, TextPosition at) => new(text, [(0, at)], 0);

    public string Text { get; }

    public int Length => Text.Length;

    /// <summary>Where it begins.</summary>
    public TextPosition Start => At(0);

    /// <summary>Behind its last character.</summary>
    public TextPosition End => Length == 0 ? Start : At(Length - 1) is var last ? last with { Column = last.Column + 1 } : default;

    /// <summary>Where a character stands; for the length, the place behind the last.</summary>
    public TextPosition At(int index)
    {
        var offset = _offset + index;
        var (low, high) = (0, _pieces.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Offset <= offset)
                low = middle;
            else
                high = middle - 1;
        }
        var (start, at) = _pieces[low];
        return at with { Column = at.Column + offset - start };
    }

    public PlacedText Slice(int start, int length) => new(Text.Substring(start, length), _pieces, _offset + start);

    public PlacedText Slice(int start) => Slice(start, Length - start);

    public PlacedText Trim()
    {
        var (start, end) = (0, Length);
        while (start < end && char.IsWhiteSpace(Text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(Text[end - 1]))
            end--;
        return Slice(start, end - start);
    }

    public override string ToString() => Text;

    /// <summary>Puts lines together.</summary>
    internal sealed class Joiner
    {
        readonly System.Text.StringBuilder _text = new();
        readonly List<(int, TextPosition)> _pieces = [];

        public void Add(ReadOnlySpan<char> text, TextPosition at)
        {
            _pieces.Add((_text.Length, at));
            _text.Append(text);
        }

        public int Length => _text.Length;

        public PlacedText Join() => new(_text.ToString(), _pieces, 0);
    }
}
