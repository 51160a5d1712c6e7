namespace Plimsoll.Engine.Packages;

/// <summary>Reads the packages that one ecosystem's evidence names. A reader is a function of a file's path and content.</summary>
internal interface IPackageReader
{
    /// <summary>Most bytes that <see cref="Wants"/> is shown of a file.</summary>
    const int HeadBytes = 64;

    /// <summary>Whether a file is evidence of this ecosystem. Asked for every file of every layer: it must be quick, and allocate nothing.</summary>
    /// <param name="path">In normal form.</param>
    /// <param name="head">The first <see cref="HeadBytes"/> of the content, or all of a shorter file.</param>
    bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head);

    /// <summary>
    /// The packages in it. A malformed record is left out with a note; <see cref="MalformedFileException"/> is for a file of which nothing
    /// can be read.
    /// </summary>
    PackageEvidence Read(EvidenceFile file);
}
