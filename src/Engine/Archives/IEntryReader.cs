using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Archives;

/// <summary>Whoever looks at the entries of a layer and their contents while they stream past.</summary>
internal interface IEntryReader
{
    /// <summary>An entry that has a row begins.</summary>
    void Begin(int row, EntryHead head);

    /// <summary>A further block of the map of an old GNU sparse file, before its content.</summary>
    void SparseMap(ReadOnlySpan<byte> block) { }

    /// <summary>More of its content.</summary>
    void Append(ReadOnlySpan<byte> part);

    /// <summary>It ends; what has no row may end without having begun.</summary>
    /// <param name="end">Where the next begins in the tar: behind content and padding.</param>
    void End(long end);
}

/// <summary>An entry of a layer before its content.</summary>
/// <param name="extended">What extended headers say of it; null where there are none.</param>
/// <param name="path">In normal form.</param>
/// <param name="size">Bytes; −1 for a sparse file.</param>
/// <param name="start">Where its first header begins in the tar, its extended ones counted.</param>
internal readonly ref struct EntryHead(TarHeader header, PaxRecords? extended, ReadOnlySpan<byte> path, EntryType type, long size, long start)
{
    public TarHeader Header { get; } = header;

    public PaxRecords? Extended { get; } = extended;

    public ReadOnlySpan<byte> Path { get; } = path;

    public EntryType Type { get; } = type;

    public long Size { get; } = size;

    public long Start { get; } = start;
}
