namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// What reading one file may cost, with everything nested in it. Members may overlap, so that a small file names the same bytes a million
/// times, and inflating may multiply them; the sums bound both, whatever the shape. A broken limit ends the reading of the file.
/// </summary>
/// <param name="fileLength">Bytes of the outermost file.</param>
internal sealed class JarBudget(long fileLength)
{
    /// <summary>Archives in archives. A web archive in an enterprise archive has its jars at the third level.</summary>
    public const int Nesting = 8;

    /// <summary>Bytes inflated for one byte of the file. A jar in an archive in an archive is inflated twice, to little more than its size.</summary>
    const int Ratio = 10;

    /// <summary>Bytes that any file may inflate to, however small, and that no file may go beyond.</summary>
    const long Allowance = 8L << 20, Most = 512L << 20;

    /// <summary>What opening a member costs, in bytes that take as long to inflate.</summary>
    const int Opening = 4 << 10;

    /// <summary>Records of central directories, archives, and files that may name a package.</summary>
    const int Members = 2_000_000, Archives = 10_000, Documents = 20_000;

    long _bytes = Math.Min(Most, Allowance + Ratio * fileLength);
    int _members = Members, _archives = Archives, _documents = Documents;

    /// <summary>What there is too much of; null while all is well.</summary>
    public string? Broken { get; private set; }

    public bool Inflate(long bytes) => (_bytes -= Math.Max(bytes, Opening)) >= 0 || Break("bytes once it is inflated");

    public bool Member() => --_members >= 0 || Break("files in it");

    public bool Archive() => --_archives >= 0 || Break("archives in it");

    public bool Document() => --_documents >= 0 || Break("package descriptions in it");

    bool Break(string what)
    {
        Broken ??= what;
        return false;
    }
}
