using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Files;

/// <summary>
/// Everything that one pass over a layer learned. A function of the layer's bytes alone, so that it can be kept under its diff id and
/// used for every image that has the layer.
/// </summary>
public sealed class LayerIndex
{
    internal LayerIndex(Digest digest, Digest diffId, long compressedSize, EntryTable entries, IReadOnlyDictionary<string, byte[]> kept,
        IReadOnlyDictionary<int, PackageEvidence> packages, IReadOnlyDictionary<int, IReadOnlyList<FileSecret>> secrets, IReadOnlyList<string> notes)
    {
        (Digest, DiffId, CompressedSize, Table, Kept, Packages, Secrets, Notes) = (digest, diffId, compressedSize, entries, kept, packages, secrets, notes);
        foreach (var entry in Entries)
        {
            Size += entry.Size;
            if ((entry.Type is EntryType.File or EntryType.HardLink) && !Whiteout.Is(entry.PathBytes))
                Files++;
        }
    }

    /// <summary>The same layer in another blob: compressed otherwise, or not at all.</summary>
    internal LayerIndex StoredAs(Digest digest, long compressedSize) => digest == Digest && compressedSize == CompressedSize ? this
        : new LayerIndex(digest, DiffId, compressedSize, Table, Kept, Packages, Secrets, Notes);

    /// <summary>Of the blob as it is stored.</summary>
    public Digest Digest { get; }

    /// <summary>Of the uncompressed tar.</summary>
    public Digest DiffId { get; }

    /// <summary>Bytes of the blob.</summary>
    public long CompressedSize { get; }

    /// <summary>Bytes of all files.</summary>
    public long Size { get; }

    /// <summary>Regular files and hard links, whiteouts not counted.</summary>
    public int Files { get; }

    /// <summary>Everything in the tar, directories and whiteouts too.</summary>
    public int EntryCount => Table.Count;

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>In the order of the tar.</summary>
    public IEnumerable<LayerEntry> Entries => Enumerable.Range(0, Table.Count).Select(index => Table[index]);

    internal EntryTable Table { get; }

    /// <summary>Contents by path that a check reads.</summary>
    internal IReadOnlyDictionary<string, byte[]> Kept { get; }

    /// <summary>What the files of this layer say is installed, by the row of the file.</summary>
    internal IReadOnlyDictionary<int, PackageEvidence> Packages { get; }

    /// <summary>The secrets in the files of this layer, by the row of the file.</summary>
    internal IReadOnlyDictionary<int, IReadOnlyList<FileSecret>> Secrets { get; }
}
