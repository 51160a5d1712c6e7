using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Records of an import on disk, in the order in which they come: they are sorted before they are written, and need not be in memory for that.</summary>
internal sealed class RecordSpool(string path) : IDisposable
{
    readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
    readonly ByteWriter _last = new();
    long _flushed;

    /// <summary>To where the record is.</summary>
    public long Append(ReadOnlySpan<byte> record)
    {
        var at = _flushed + _last.Length;
        _last.Raw(record);
        if (_last.Length > 1 << 20)
            Flush();
        return at;
    }

    public byte[] Read(long at, int length)
    {
        if (_last.Length > 0)
            Flush();
        var record = new byte[length];
        return RandomAccess.Read(_file, record, at) == length ? record : throw new IOException($"{path} was changed by another program");
    }

    public void Dispose() => _file.Dispose();

    void Flush()
    {
        RandomAccess.Write(_file, _last.Written, _flushed);
        _flushed += _last.Length;
        _last.Clear();
    }
}
