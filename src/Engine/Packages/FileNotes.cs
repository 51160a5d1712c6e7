using System.Globalization;

namespace Plimsoll.Engine.Packages;

/// <summary>What is wrong with the records of one file. Each thing is noted once, with how often it was met: a hostile file has a million of them.</summary>
internal sealed class FileNotes(string path)
{
    const int Most = 10;

    readonly OrderedDictionary<string, int> _notes = new(StringComparer.Ordinal);
    int _others;

    public void Add(string what)
    {
        if (_notes.TryGetValue(what, out var times))
            _notes[what] = times + 1;
        else if (_notes.Count < Most)
            _notes.Add(what, 1);
        else
            _others++;
    }

    public IReadOnlyList<string> ToList() =>
    [
        .. _notes.Select(note => note.Value == 1 ? $"{path}: {note.Key}" : string.Create(CultureInfo.InvariantCulture, $"{path}: {note.Key} ({note.Value:N0} times)")),
        .. _others == 0 ? (string[])[] : [string.Create(CultureInfo.InvariantCulture, $"{path}: and {_others:N0} more of this kind")],
    ];
}
