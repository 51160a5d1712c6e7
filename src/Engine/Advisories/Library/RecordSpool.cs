using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Records of an import on disk, in the order in which they come: they are sorted before they are written, and need not be in memory for that.</summary>
internal sealed class RecordSpool(string path) : IDisposable
{
    readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
    readonly ByteWriter _last = new(), _record = new();
    long _flushed;

    public SpooledRecord Add(Advisory advisory)
    {
        _record.Clear();
        AdvisoryFormat.Write(_record, advisory);
        return Add(_record.Written, advisory.Modified, ClusterOf(advisory));
    }

    public SpooledRecord Add(Exploitation value, ExploitationFeed feed)
    {
        _record.Clear();
        value.Write(_record, feed.Kind);
        return Add(_record.Written, feed.Released, "");
    }

    /// <summary>The bytes of an advisory as another library has them.</summary>
    public SpooledRecord Add(ReadOnlySpan<byte> record)
    {
        var advisory = AdvisoryFormat.Read(record);
        return Add(record, advisory.Modified, ClusterOf(advisory));
    }

    public byte[] Read(long at, int length)
    {
        if (_last.Length > 0)
            Flush();
        var record = new byte[length];
        return RandomAccess.Read(_file, record, at) == length ? record : throw new IOException($"{path} was changed by another program");
    }

    public void Dispose() => _file.Dispose();

    SpooledRecord Add(ReadOnlySpan<byte> record, DateTimeOffset? modified, string cluster)
    {
        var at = _flushed + _last.Length;
        _last.Raw(record);
        if (_last.Length > 1 << 20)
            Flush();
        return new(at, record.Length, XxHash3.HashToUInt64(record), modified, cluster);
    }

    static string ClusterOf(Advisory advisory) => advisory.Affected is [var first, ..] ? Volume.PackageKey(first.Ecosystem, first.Name) : "";

    void Flush()
    {
        RandomAccess.Write(_file, _last.Written, _flushed);
        _flushed += _last.Length;
        _last.Clear();
    }
}
