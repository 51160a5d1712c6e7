namespace Plimsoll.Engine.Packages.Java;

/// <summary>The part of a file that is a zip archive: all of it, or a stored member, which is read where it stands. Offsets count from its start.</summary>
/// <param name="Start">Bytes from the start of the file.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct ZipArea(EvidenceFile File, long Start, long Length)
{
    public ZipArea(EvidenceFile file) : this(file, 0, file.Length) { }

    /// <summary>Fills as much of <paramref name="buffer"/> as the area has from <paramref name="offset"/> on; returns how many bytes that is.</summary>
    public int ReadAt(long offset, Span<byte> buffer) =>
        offset < 0 || offset >= Length ? 0 : File.ReadAt(Start + offset, buffer[..(int)Math.Min(buffer.Length, Length - offset)]);

    public ZipArea Part(long offset, long length) => offset >= 0 && length >= 0 && offset <= Length - length
        ? new ZipArea(File, Start + offset, length)
        : throw new MalformedFileException("it is cut short, or refers to something past its end");
}
