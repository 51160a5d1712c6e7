namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// Reads an archive and those inside it, each for itself. Of each only the central directory is read, and the few members that say what it is.
/// </summary>
internal sealed class JarWalk(EvidenceFile file)
{
    /// <summary>Bytes of a document that are read. A manifest may be larger: what follows its main section is about single files.</summary>
    const int PropertiesBytes = 64 << 10, PomBytes = 1 << 20, ManifestBytes = 1 << 20;

    /// <summary>More notes than this are not made: they say the same.</summary>
    const int NotesAtMost = 100;

    readonly Dictionary<(string? Inside, string Name, string Version), InstalledPackage> _packages = [];
    readonly List<string> _notes = [];
    readonly JarBudget _budget = new(file.Length);

    public PackageEvidence Read()
    {
        Read(new ZipArea(file), null, 1);
        if (_budget.Broken is { } what)
            _notes.Insert(0, $"{file.Path} has too many {what}: the rest was not read");
        return new PackageEvidence([.. _packages.Values], _notes);
    }

    void Read(ZipArea archive, string? inside, int level)
    {
        var contents = JarContents.Of(archive, _budget);
        if (contents.IsCorrupt)
            Note(inside, "its list of files is corrupt; what comes before was read");
        Identify(archive, contents, inside);
        foreach (var (path, member) in contents.Archives)
            if (_budget.Broken is null)
                Nested(archive, member, inside is null ? path : $"{inside}!/{path}", level + 1);
    }

    void Nested(ZipArea archive, ZipMember member, string inside, int level)
    {
        if (level > JarBudget.Nesting)
        {
            Note(inside, $"archives are nested deeper than {JarBudget.Nesting} levels");
            return;
        }
        try
        {
            using var content = ZipContent.All(archive, member, _budget);
            var head = new byte[2];
            if (content is not null && JarSuffix.Is(System.Text.Encoding.UTF8.GetBytes(inside), head.AsSpan(0, content.Area.ReadAt(0, head))))
                Read(content.Area, inside, level);
        }
        catch (MalformedFileException e)
        {
            Note(inside, e.Message);
        }
        catch (InvalidDataException)
        {
            Note(inside, "its compressed data is corrupt");
        }
    }

    void Identify(ZipArea archive, JarContents contents, string? inside)
    {
        var manifest = contents.Manifest is { } member && Document(archive, member, inside, "META-INF/MANIFEST.MF", ManifestBytes) is { } bytes ? new Manifest(bytes) : Manifest.Empty;
        var path = inside is null ? file.Path : inside[(inside.LastIndexOf("!/", StringComparison.Ordinal) + 1)..];
        var isNamed = false;
        foreach (var (folder, files) in contents.Poms)
            if (ReadPom(archive, folder, files, inside) is { Coordinates: { } coordinates } pom)
            {
                var isOwn = JarIdentity.Is(coordinates, path, manifest);
                isNamed |= isOwn;
                Add(coordinates, pom.Licences.Count == 0 && isOwn ? manifest.Licences : pom.Licences, inside);
            }
        if (!isNamed && JarIdentity.Of(path, manifest, contents.Package) is { } own)
            Add(own, manifest.Licences, inside);
    }

    Pom? ReadPom(ZipArea archive, string folder, PomFiles files, string? inside)
    {
        var properties = files.Properties is { } member && Document(archive, member, inside, $"{folder}/pom.properties", PropertiesBytes) is { } content
            ? PomProperties.Read(content) : null;
        var pom = files.Xml is { } xml && Document(archive, xml, inside, $"{folder}/pom.xml", PomBytes) is { } text ? Pom.Read(text) : null;
        if ((properties ?? pom?.Coordinates) is { } coordinates)
            return new Pom(coordinates, pom?.Licences ?? []);
        if (_budget.Broken is null)
            Note(inside, $"{folder} does not say which artifact it is of");
        return null;
    }

    byte[]? Document(ZipArea archive, ZipMember member, string? inside, string path, int limit)
    {
        try
        {
            return ZipContent.Head(archive, member, limit, _budget);
        }
        catch (MalformedFileException e)
        {
            Note(inside, $"{path} was not read: {e.Message}");
        }
        catch (InvalidDataException)
        {
            Note(inside, $"{path} was not read: its compressed data is corrupt");
        }
        return null;
    }

    void Add(Coordinates coordinates, IReadOnlyList<string> licences, string? inside)
    {
        var package = new InstalledPackage("maven", coordinates.ToString(), coordinates.Version) { Licences = licences, Inside = inside };
        _packages.TryAdd((inside, package.Name, package.Version), package);
    }

    void Note(string? inside, string what)
    {
        if (_notes.Count < NotesAtMost)
            _notes.Add(inside is null ? $"{file.Path}: {what}" : $"{file.Path}!/{inside}: {what}");
    }
}
