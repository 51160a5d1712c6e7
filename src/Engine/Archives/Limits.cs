namespace Plimsoll.Engine.Archives;

/// <summary>
/// How much of a hostile image is read before the inspection ends with a failure that names the limit. The defaults admit every image that a
/// container engine would run in practice. Sizes are in bytes.
/// </summary>
public sealed record Limits
{
    /// <summary>The limits that apply when nothing else is said.</summary>
    public static Limits Default { get; } = new();

    /// <summary>Uncompressed bytes of all layers of one inspection.</summary>
    public long TotalBytes { get; init; } = 64L << 30;

    /// <summary>Uncompressed over compressed bytes of one layer, once it has inflated past <see cref="ExpansionAllowance"/>.</summary>
    public int ExpansionRatio { get; init; } = 200;

    /// <summary>What any layer may inflate to whatever its ratio: a small layer of zeros is no bomb.</summary>
    public long ExpansionAllowance { get; init; } = 256L << 20;

    /// <summary>Entries of all layers of one image.</summary>
    public int Entries { get; init; } = 3_000_000;

    /// <summary>Layers of one image, and images of one archive.</summary>
    public int Layers { get; init; } = 1024;

    /// <summary>Bytes of a path. Linux's PATH_MAX.</summary>
    public int PathLength { get; init; } = 4096;

    /// <summary>Directories in a path.</summary>
    public int PathDepth { get; init; } = 512;

    /// <summary>Symbolic links that one look-up follows. Linux's MAXSYMLINKS.</summary>
    public int LinkDepth { get; init; } = 40;

    /// <summary>Bytes of one extended tar header (PAX records, GNU long names).</summary>
    public int HeaderBytes { get; init; } = 1 << 20;

    /// <summary>Indexes inside indexes.</summary>
    public int IndexNesting { get; init; } = 4;

    /// <summary>Bytes of a manifest, index or config. The distribution specification asks registries for 4 MiB.</summary>
    public int DocumentBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of one file that is read into memory, such as a list of accounts.</summary>
    public int KeptFileBytes { get; init; } = 32 << 20;

    /// <summary>Bytes of all files of one layer that are read into memory.</summary>
    public int KeptLayerBytes { get; init; } = 48 << 20;

    /// <summary>Bytes of one file that is evidence of packages: a package database, a program, a jar.</summary>
    public long EvidenceFileBytes { get; init; } = 1L << 30;

    /// <summary>Evidence of more bytes than this is read from a temporary file in place of memory.</summary>
    internal const int EvidenceMemoryBytes = 16 << 20;

    /// <summary>Bytes of memory that the packages of all layers of one inspection may take. Ten thousand packages and all their files need some ten million.</summary>
    public long PackageBytes { get; init; } = 256L << 20;

    /// <summary>Members of an archive that holds images (not of a layer).</summary>
    public int ArchiveMembers { get; init; } = 100_000;
}
