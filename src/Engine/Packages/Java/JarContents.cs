using System.Text;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>The members of an archive that name packages: all that is kept of its central directory.</summary>
internal sealed class JarContents
{
    /// <summary>Bytes. A member with a longer name is not looked at.</summary>
    const int NameLength = 1024;

    public ZipMember? Manifest { get; private set; }

    /// <summary>By the folder <c>META-INF/maven/group/artifact</c>, wherever it is: agents keep the classes that they have taken in in folders of their own.</summary>
    public SortedDictionary<string, PomFiles> Poms { get; } = new(StringComparer.Ordinal);

    /// <summary>Archives in this one, by path.</summary>
    public SortedDictionary<string, ZipMember> Archives { get; } = new(StringComparer.Ordinal);

    /// <summary>The package that all classes are in, or in packages below it; null where they have none in common.</summary>
    public string? Package => _package is { Length: > 0 } ? PathText.Show(_package).Replace('/', '.') : null;

    public bool IsCorrupt { get; private set; }

    byte[]? _package;

    public static JarContents Of(ZipArea archive, JarBudget budget)
    {
        var contents = new JarContents();
        using var members = new ZipMembers(archive, ZipDirectory.Find(archive));
        while (members.MoveNext() && budget.Member())
            contents.Look(members.Name, members.Member, budget);
        contents.IsCorrupt = members.IsCorrupt;
        return contents;
    }

    void Look(ReadOnlySpan<byte> name, ZipMember member, JarBudget budget)
    {
        if (name.Length > NameLength || name.IsEmpty)
            return;
        if (name.EndsWith(".class"u8))
            LookAtClass(PathText.Parent(name));
        else if (JarSuffix.IsName(name))
        {
            if (budget.Archive())
                Archives[PathText.Show(name)] = member;
        }
        else if (Ascii.EqualsIgnoreCase(name, "META-INF/MANIFEST.MF"u8))
            Manifest = member;
        else if (name.EndsWith("/pom.properties"u8) || name.EndsWith("/pom.xml"u8))
            LookAtPom(name, member, budget);
    }

    void LookAtClass(ReadOnlySpan<byte> package)
    {
        if (package.StartsWith("BOOT-INF/classes/"u8) || package.StartsWith("WEB-INF/classes/"u8))
            package = package[(package.IndexOf("classes/"u8) + "classes/".Length)..];
        // Classes for newer versions of Java stand in META-INF, the descriptor of a module in no package, and Spring Boot adds its loader.
        if (package.IsEmpty || _package is { Length: 0 } || package.StartsWith("META-INF/"u8) || package.StartsWith("org/springframework/boot/loader"u8))
            return;
        if (_package is null)
            _package = package.ToArray();
        else if (package.Length < _package.Length || !package.StartsWith(_package) || package.Length > _package.Length && package[_package.Length] != '/')
        {
            var common = package[..package.CommonPrefixLength(_package)];
            _package = common.Length == package.Length && _package[common.Length] == '/' ? common.ToArray() : PathText.Parent(common).ToArray();
        }
    }

    void LookAtPom(ReadOnlySpan<byte> name, ZipMember member, JarBudget budget)
    {
        var folder = PathText.Parent(name);
        if (!IsOfMaven(PathText.Parent(PathText.Parent(folder))) || !budget.Document())
            return;
        var path = PathText.Show(folder);
        var files = Poms.GetValueOrDefault(path);
        Poms[path] = name[^1] == 's' ? files with { Properties = member } : files with { Xml = member };
    }

    static bool IsOfMaven(ReadOnlySpan<byte> folder) => folder.SequenceEqual("META-INF/maven"u8) || folder.EndsWith("/META-INF/maven"u8);
}

/// <summary>The two files that Maven writes about an artifact; null for one that is missing.</summary>
internal readonly record struct PomFiles(ZipMember? Properties, ZipMember? Xml);
