using System.Formats.Tar;
using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>A layer written down entry by entry. It becomes real tar bytes, and an index by the product's own reader.</summary>
internal sealed class TestLayer
{
    readonly List<TarEntry> _entries = [];

    public TestLayer File(string path, int size, byte fill = (byte)'x', UnixFileMode mode = (UnixFileMode)0b110_100_100, int uid = 0) =>
        File(path, Enumerable.Repeat(fill, size).ToArray(), mode, uid);

    public TestLayer File(string path, string text, UnixFileMode mode = (UnixFileMode)0b110_100_100, int uid = 0) =>
        File(path, Encoding.UTF8.GetBytes(text), mode, uid);

    public TestLayer File(string path, byte[] content, UnixFileMode mode = (UnixFileMode)0b110_100_100, int uid = 0, Dictionary<string, string>? pax = null) =>
        Add(new PaxTarEntry(TarEntryType.RegularFile, path, pax ?? []) { DataStream = new MemoryStream(content), Mode = mode, Uid = uid, Gid = uid });

    public TestLayer Directory(string path, UnixFileMode mode = (UnixFileMode)0b111_101_101, int uid = 0) =>
        Add(new PaxTarEntry(TarEntryType.Directory, path) { Mode = mode, Uid = uid, Gid = uid });

    public TestLayer Symlink(string path, string target) => Add(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target });

    public TestLayer HardLink(string path, string target, int uid = 0) => Add(new PaxTarEntry(TarEntryType.HardLink, path) { LinkName = target, Uid = uid, Gid = uid });

    public TestLayer Delete(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        return File($"{path[..slash]}.wh.{path[slash..]}", []);
    }

    public TestLayer Opaque(string directory) => File($"{directory}/.wh..wh..opq", []);

    public byte[] Tar()
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
            foreach (var entry in _entries)
            {
                if (entry.DataStream is { } data)
                    data.Position = 0;
                writer.WriteEntry(entry);
            }
        return bytes.ToArray();
    }

    public LayerIndex Index() => IndexOf(Tar());

    /// <summary>The index of a layer given as tar bytes, compressed or not.</summary>
    public static LayerIndex IndexOf(byte[] tar) => Read(tar).GetAwaiter().GetResult();

    public static Task<LayerIndex> Read(byte[] stored, Digest? diffId = null, Limits? limits = null, Stream? source = null) =>
        new LayerReader(limits ?? Limits.Default).Read(
            new LayerBlob(null, diffId ?? Digest.Of(stored), stored.Length, _ => ValueTask.FromResult(source ?? new MemoryStream(stored))),
            new Budget("files in its layers", (limits ?? Limits.Default).Entries), null, TestContext.Current.CancellationToken);

    public static FileTree Fold(params TestLayer[] layers) => FileTree.Of([.. layers.Select(layer => layer.Index())], Limits.Default);

    TestLayer Add(TarEntry entry)
    {
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        _entries.Add(entry);
        return this;
    }
}
