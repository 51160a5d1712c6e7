using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Packages;

/// <summary>
/// Gathers the files that some package reader asks for while a layer streams past, one at a time, and has them read as soon as they are
/// whole. Every other file passes unbuffered.
/// </summary>
/// <param name="memory">What the packages of all layers may take.</param>
internal sealed class EvidenceCollector(Limits limits, Budget memory) : IDisposable
{
    readonly Dictionary<int, PackageEvidence> _found = [];
    readonly byte[] _path = new byte[limits.PathLength];
    readonly byte[] _head = new byte[IPackageReader.HeadBytes];
    byte[] _memory = [];
    SafeFileHandle? _spool;
    byte[] _seenAt = [];
    uint _wanting;
    int _row, _pathLength, _headLength;
    long _size, _length;
    bool _deciding, _gathering;

    /// <summary>By the row of the file in the layer's entries.</summary>
    public IReadOnlyDictionary<int, PackageEvidence> Found => _found;

    /// <param name="size">Bytes; −1 for a sparse file, whose content is not in one piece.</param>
    /// <param name="seenAt">The path under which the same content was here before; empty for new content.</param>
    public void Begin(int row, ReadOnlySpan<byte> path, EntryType type, long size, ReadOnlySpan<byte> seenAt = default)
    {
        (_gathering, _deciding) = (false, type == EntryType.File && size >= 0);
        if (!_deciding)
            return;
        path.CopyTo(_path);
        _seenAt = seenAt.IsEmpty ? [] : seenAt.ToArray();
        (_row, _size, _pathLength, _headLength, _length) = (row, size, path.Length, 0, 0);
    }

    public void Append(ReadOnlySpan<byte> part)
    {
        if (_deciding)
        {
            var wanted = (int)Math.Min(_head.Length, _size);
            if (_headLength == 0 && part.Length >= wanted)
                Decide(part[..wanted]);
            else
            {
                // The file begins at the end of a chunk: its head comes in pieces.
                var take = Math.Min(part.Length, wanted - _headLength);
                part[..take].CopyTo(_head.AsSpan(_headLength));
                _headLength += take;
                if (_headLength < wanted)
                    return;
                Decide(_head.AsSpan(0, _headLength));
                if (_gathering)
                    Write(_head.AsSpan(0, _headLength));
                part = part[take..];
            }
        }
        if (_gathering)
            Write(part);
    }

    public void End()
    {
        if (_deciding)
            Decide([]);
        if (_gathering)
        {
            var path = PathText.Show(_path.AsSpan(0, _pathLength));
            Keep(PackageReaders.Read(_wanting, _spool is null ? new EvidenceFile(path, _memory.AsMemory(0, (int)_size)) : new EvidenceFile(path, _spool, _size)));
        }
        (_gathering, _deciding) = (false, false);
        DropSpool();
    }

    /// <summary>Ends a file that has further names, which say the same of it.</summary>
    public void End(IEnumerable<int> otherRows)
    {
        End();
        if (_found.GetValueOrDefault(_row) is { Packages.Count: > 0 } evidence)
            foreach (var row in otherRows)
            {
                // Each is reported at each of its places: that costs as if it were there several times.
                memory.Take(evidence.Weight);
                _found[row] = evidence with { Notes = [] };
            }
    }

    /// <summary>Ends a file without reading it.</summary>
    public void Abandon(string why)
    {
        if (_gathering)
            Keep(PackageEvidence.None with { Notes = [$"{PathText.Show(_path.AsSpan(0, _pathLength))} {why}"] });
        (_gathering, _deciding) = (false, false);
        DropSpool();
    }

    public void Dispose() => DropSpool();

    void Decide(ReadOnlySpan<byte> head)
    {
        _deciding = false;
        _wanting = PackageReaders.Wanting(_path.AsSpan(0, _pathLength), head);
        if (_seenAt.Length > 0)
            _wanting &= ~PackageReaders.Wanting(_seenAt, head);
        if (_wanting == 0)
            return;
        if (_size > limits.EvidenceFileBytes)
        {
            Keep(PackageEvidence.None with { Notes = [string.Create(CultureInfo.InvariantCulture, $"{PathText.Show(_path.AsSpan(0, _pathLength))} has {_size:N0} bytes, too many to be read")] });
            return;
        }
        _gathering = true;
        if (_size > Limits.EvidenceMemoryBytes)
            _spool = Spool.Create(Path.GetTempPath());
        else if (_memory.Length < _size)
            _memory = new byte[Math.Max(_size, Math.Min(2L * _memory.Length, Limits.EvidenceMemoryBytes))];
    }

    void Keep(PackageEvidence evidence)
    {
        memory.Take(evidence.Weight);
        _found[_row] = evidence;
    }

    void Write(ReadOnlySpan<byte> part)
    {
        if (_spool is null)
            part.CopyTo(_memory.AsSpan((int)_length));
        else
            RandomAccess.Write(_spool, part, _length);
        _length += part.Length;
    }

    void DropSpool()
    {
        _spool?.Dispose();
        _spool = null;
    }
}
