using System.Buffers;
using System.Globalization;
using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// Decides on the places of a layer's files where a keyword stands. Work and findings are bounded, by file and by layer, in proportion to
/// the bytes read so far: a file of nothing but keywords costs time in proportion to its length, and says in a note that it was given up.
/// </summary>
internal sealed class SecretExaminer(Limits limits)
{
    /// <summary>NUL in so many first bytes makes a file binary: what grep and git look at, too.</summary>
    const int HeadBytes = 8 << 10;

    /// <summary>Characters before a match that its expression may look back at.</summary>
    const int Context = 32;

    /// <summary>Characters that expressions may be given: so many at once, and so many for each byte read.</summary>
    const long FileAllowance = 4 << 20, LayerAllowance = 64 << 20, PerByte = 4;

    const int FindingsPerFile = 50, FindingsPerLayer = 1_000;

    static readonly SearchValues<byte> Control = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i).Except("\t\n\r\f\u001b"u8.ToArray()), 127]);

    readonly Dictionary<int, IReadOnlyList<FileSecret>> _found = [];
    readonly List<string> _notes = [];
    readonly List<Place> _places = [];
    readonly byte[] _path = new byte[limits.PathLength];
    char[] _window = [];
    int _row, _pathLength, _foundInLayer;
    long _earlierBytes, _layerWork, _fileWork, _counted, _newlines;
    bool _hasLines, _binary, _givenUp, _full;

    /// <summary>A secret found in the current file: [Start, End) are offsets in it.</summary>
    readonly record struct Place(long Start, long End, FileSecret Secret);

    public IReadOnlyDictionary<int, IReadOnlyList<FileSecret>> Found => _found;

    public IReadOnlyList<string> Notes => _notes;

    public void Begin(int row, ReadOnlySpan<byte> path, bool hasLines)
    {
        path.CopyTo(_path);
        (_row, _pathLength, _hasLines) = (row, path.Length, hasLines);
        (_fileWork, _counted, _newlines, _givenUp, _full) = (0, 0, 0, false, false);
    }

    /// <summary>Whether the file is text or binary, from its beginning.</summary>
    public void Recognise(ReadOnlySpan<byte> head) => _binary = head[..Math.Min(head.Length, HeadBytes)].Contains((byte)0);

    /// <summary>Bytes that will not be seen again: their lines are counted. Only a file of several pieces has any.</summary>
    public void Pass(ReadOnlySpan<byte> text, long start) => CountTo(text, start, start + text.Length);

    public void End(long size)
    {
        _earlierBytes += size;
        if (_places.Count == 0)
            return;
        _found[_row] = [.. _places.OrderBy(place => place.Start).Select(place => place.Secret).DistinctBy(secret => (secret.Rule, secret.Value))];
        _foundInLayer += _places.Count;
        _places.Clear();
    }

    /// <param name="start">Where <paramref name="text"/> begins in the file.</param>
    /// <param name="keyword">Where the keyword of <paramref name="rule"/> begins in the text.</param>
    public void Examine(SecretRule rule, ReadOnlySpan<byte> text, long start, int keyword)
    {
        var reached = text.Slice(keyword, Math.Min(rule.Reach, text.Length - keyword));
        if (_binary && !rule.InBinary || rule.Glance?.Invoke(reached) == false || IsKnown(rule, start + keyword) || IsSpent(start + keyword, reached.Length))
            return;
        var from = Math.Max(0, keyword - rule.Lead - Context);
        var window = Widen(text[from..(keyword + reached.Length)]);
        if (rule.Match(window, keyword - from) is not { } match)
            return;
        var value = window.Slice(match.Start, match.Length).ToString();
        var after = window[(match.Start + match.Length)..];
        var at = from + match.Start;
        if (!rule.InBinary && text[Math.Max(0, at - Context)..(at + match.Length)].ContainsAny(Control)
            || AllowRules.Of(rule, value, after[..Math.Min(AllowRule.Following, after.Length)].ToString()) is not null)
            return;
        Add(rule, value, text, start, at);
    }

    void Add(SecretRule rule, string value, ReadOnlySpan<byte> text, long start, int at)
    {
        var (from, to) = (start + at, start + at + value.Length);
        // Where two rules see the same characters, the one that is named first, the more specific, stands.
        if (_places.Exists(place => place.Start < to && from < place.End && SecretRules.Order(place.Secret.Rule) <= SecretRules.Order(rule)))
            return;
        _places.RemoveAll(place => place.Start < to && from < place.End);
        if (_places.Count == FindingsPerFile || _foundInLayer + _places.Count == FindingsPerLayer)
        {
            Note(ref _full, $"has more secrets than are listed (at most {FindingsPerFile} of a file and {FindingsPerLayer} of a layer)");
            return;
        }
        _places.Add(new Place(from, to, FileSecret.Of(rule, LineOf(text, start, from), value)));
    }

    bool IsKnown(SecretRule rule, long at)
    {
        foreach (var place in _places)
            if (place.Secret.Rule == rule && place.Start <= at && at < place.End)
                return true;
        return false;
    }

    bool IsSpent(long at, int length)
    {
        _fileWork += length;
        _layerWork += length;
        if (_fileWork <= FileAllowance + PerByte * at && _layerWork <= LayerAllowance + PerByte * (_earlierBytes + at))
            return false;
        (_fileWork, _layerWork) = (_fileWork - length, _layerWork - length);
        Note(ref _givenUp, "was not searched for secrets to its end: too much in it looks like one");
        return true;
    }

    ReadOnlySpan<char> Widen(ReadOnlySpan<byte> bytes)
    {
        if (_window.Length == 0)
            _window = new char[SecretRule.LongestReach + SecretRule.LongestLead + Context];
        return _window.AsSpan(0, Encoding.Latin1.GetChars(bytes, _window));
    }

    int? LineOf(ReadOnlySpan<byte> text, long start, long offset)
    {
        if (_binary || !_hasLines)
            return null;
        if (offset < _counted)
            return (int)(_newlines - text[(int)(offset - start)..(int)(_counted - start)].Count((byte)'\n')) + 1;
        CountTo(text, start, offset);
        return (int)Math.Min(_newlines + 1, int.MaxValue);
    }

    void CountTo(ReadOnlySpan<byte> text, long start, long offset)
    {
        if (_binary || !_hasLines || offset <= _counted)
            return;
        _newlines += text[(int)(_counted - start)..(int)(offset - start)].Count((byte)'\n');
        _counted = offset;
    }

    void Note(ref bool noted, string what)
    {
        if (!noted)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{PathText.Show(_path.AsSpan(0, _pathLength))} {what}"));
        noted = true;
    }
}
