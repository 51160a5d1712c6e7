using System.Globalization;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Archives;

/// <summary>The contents that some reader asked for, out of a layer that streams past. Everything else is never buffered.</summary>
internal sealed class KeptFiles(Limits limits, KeptFiles.Wanted wants, KeptFiles.Reduced reduce)
{
    /// <param name="path">In normal form.</param>
    /// <param name="size">Bytes; −1 for a sparse file, whose content is not in one piece.</param>
    public delegate bool Wanted(ReadOnlySpan<byte> path, long size);

    /// <summary>What of a content is kept: no more than its reader needs, for it is stored with the layer's index. Null for nothing.</summary>
    public delegate byte[]? Reduced(string path, byte[] content);

    readonly Dictionary<string, byte[]> _files = [];
    readonly List<string> _notes = [];
    string? _path;
    byte[] _content = [];
    int _length;
    long _total;

    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>What was asked for and could not be kept, with the reason.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void Begin(ReadOnlySpan<byte> path, EntryType type, long size)
    {
        _path = null;
        if (type != EntryType.File || !wants(path, size))
            return;
        var name = PathText.Show(path);
        if (size < 0)
            _notes.Add($"{name} is a sparse file and was not read");
        else if (size > limits.KeptFileBytes || _total + size > limits.KeptLayerBytes)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} has {size:N0} bytes, too many to be read"));
        else
        {
            (_path, _content, _length) = (name, new byte[size], 0);
            _total += size;
        }
    }

    public void Append(ReadOnlySpan<byte> part)
    {
        if (_path is null)
            return;
        part.CopyTo(_content.AsSpan(_length));
        _length += part.Length;
    }

    public void End()
    {
        // A path that comes twice in a tar is its last content.
        if (_path is not null && reduce(_path, _content) is { } kept)
            _files[_path] = kept;
        else if (_path is not null)
            _files.Remove(_path);
        (_path, _content) = (null, []);
    }
}
