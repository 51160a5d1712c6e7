using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// Searches every file of a layer while it streams past, in one pass over its bytes and in any cuts. Where two pieces meet, a stretch of
/// both is held, so that each keyword is examined once, with the same bytes around it whatever the cut. Allocates only for what it finds.
/// </summary>
internal sealed class SecretScanner(Limits limits)
{
    /// <summary>What must be there before and after a keyword's window for any rule to decide.</summary>
    const int Behind = 512, Ahead = SecretRule.LongestReach;

    const int Held = Behind + Ahead;

    static readonly KeywordIndex Keywords = new(SecretRules.InFiles);

    readonly SecretExaminer _examiner = new(limits);
    readonly byte[] _held = new byte[2 * Held];
    int _heldLength;
    long _size, _position, _scanned;
    bool _open;

    /// <summary>By the row of the file in the layer's entries, in the order of the file.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<FileSecret>> Found => _examiner.Found;

    /// <summary>Where the search was cut short, and why.</summary>
    public IReadOnlyList<string> Notes => _examiner.Notes;

    /// <param name="row">Of the file in the layer's entries.</param>
    /// <param name="size">Bytes; −1 for a sparse file, whose content is not in one piece.</param>
    public void Begin(int row, ReadOnlySpan<byte> path, EntryType type, long size)
    {
        _open = type == EntryType.File;
        (_size, _position, _scanned, _heldLength) = (size, 0, 0, 0);
        if (_open)
            _examiner.Begin(row, path, hasLines: size >= 0);
    }

    public void Append(ReadOnlySpan<byte> part)
    {
        if (!_open)
            return;
        if (_position == 0 && part.Length == _size)
            Scan(part, 0, part.Length);
        else if (_position == 0 && part.Length > _held.Length)
        {
            Scan(part, 0, part.Length - Ahead);
            Hold(part, 0);
        }
        else
            Join(part);
        _position += part.Length;
    }

    public void End()
    {
        if (!_open)
            return;
        if (_heldLength > 0)
            Scan(_held.AsSpan(0, _heldLength), _position - _heldLength, _position);
        _examiner.End(_position);
        _open = false;
    }

    void Join(ReadOnlySpan<byte> part)
    {
        if (_heldLength + part.Length > _held.Length)
            Shift();
        if (_heldLength + part.Length <= _held.Length)
        {
            part.CopyTo(_held.AsSpan(_heldLength));
            _heldLength += part.Length;
            return;
        }
        // A long piece is scanned where it lies, but for its beginning, which needs what came before.
        part[..Held].CopyTo(_held.AsSpan(_heldLength));
        Scan(_held.AsSpan(0, _heldLength + Held), _position - _heldLength, _position + Behind);
        _examiner.Pass(_held.AsSpan(0, _heldLength), _position - _heldLength);
        Scan(part, _position, _position + part.Length - Ahead);
        Hold(part, _position);
    }

    // Decides what can be decided, and keeps what the rest needs.
    void Shift()
    {
        var start = _position - _heldLength;
        if (_heldLength <= Held)
            return;
        Scan(_held.AsSpan(0, _heldLength), start, _position - Ahead);
        _examiner.Pass(_held.AsSpan(0, _heldLength - Held), start);
        _held.AsSpan(_heldLength - Held, Held).CopyTo(_held);
        _heldLength = Held;
    }

    void Hold(ReadOnlySpan<byte> part, long start)
    {
        _examiner.Pass(part[..^Held], start);
        part[^Held..].CopyTo(_held);
        _heldLength = Held;
    }

    /// <summary>Examines the keywords whose window begins before <paramref name="until"/>.</summary>
    /// <param name="start">Where <paramref name="text"/> begins in the file.</param>
    void Scan(ReadOnlySpan<byte> text, long start, long until)
    {
        if (start == 0 && _scanned == 0)
            _examiner.Recognise(text);
        var end = (int)(until - start);
        var searched = text[..Math.Min(text.Length, end + KeywordFilter.WindowBytes - 1)];
        for (var at = Keywords.Next(searched, (int)(_scanned - start)); at >= 0 && at < end; at = Keywords.Next(searched, at + 1))
            foreach (var keyword in Keywords.At(searched, at))
                if (keyword.Stands(text, at))
                    _examiner.Examine(keyword.Rule, text, start, at - keyword.Offset);
        _scanned = until;
    }
}
