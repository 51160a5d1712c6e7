using System.Text.Json;

namespace Plimsoll.Engine.Packages.Node;

/// <summary>
/// Packages of Node.js: the <c>package.json</c> at the root of an installed package (npm docs, "package.json"). A lock file says what
/// should be installed and is no evidence.
/// </summary>
internal sealed class NodeReader : IPackageReader
{
    const int ManifestBytes = 4 << 20;

    static ReadOnlySpan<byte> File => "/package.json"u8;

    static ReadOnlySpan<byte> Modules => "node_modules/"u8;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => path.EndsWith(File) && IsRoot(path[..^File.Length]) || path.SequenceEqual(File[1..]);

    public PackageEvidence Read(EvidenceFile file)
    {
        var json = JsonEvidence.Open(file, ManifestBytes);
        if (json.TokenType != JsonTokenType.StartObject)
            throw new MalformedFileException("it is not a JSON object");
        string? name = null, version = null;
        List<string> licences = [];
        while (json.Next(out var property))
            if (property.SequenceEqual("name"u8))
                name = json.Text();
            else if (property.SequenceEqual("version"u8))
                version = json.Text()?.TrimStart('v', '=');
            // "license": "MIT", {"type": "MIT"}, and the older "licenses": [{"type": "MIT"}].
            else if (property.SequenceEqual("license"u8) || property.SequenceEqual("licenses"u8))
                licences.AddRange(json.Texts("type"u8));
            else
                json.Skip();
        // Packages hold further manifests, of tests and of parts of themselves; what names no version is installed by nobody.
        return name is not null && IsName(name) && version is { Length: > 0 and <= 256 } && char.IsAsciiDigit(version[0])
            ? new PackageEvidence([new InstalledPackage("npm", name, version) { Licences = [.. licences.Distinct(StringComparer.Ordinal)] }], [])
            : PackageEvidence.None;
    }

    // node_modules/name and node_modules/@scope/name, wherever they are: nested, global, in pnpm's store, or as Debian lays them out.
    static bool IsRoot(ReadOnlySpan<byte> folder)
    {
        var at = folder.LastIndexOf(Modules);
        if (at < 0 || at > 0 && folder[at - 1] != '/')
            return IsDebian(folder) || IsApplication(folder);
        return IsPackage(folder[(at + Modules.Length)..]);
    }

    static bool IsPackage(ReadOnlySpan<byte> name)
    {
        var slash = name.IndexOf((byte)'/');
        return slash < 0 ? name.Length > 0 && name[0] != '.' : name[0] == '@' && name[(slash + 1)..].IndexOf((byte)'/') < 0;
    }

    static bool IsDebian(ReadOnlySpan<byte> folder) =>
        (folder.StartsWith("usr/share/nodejs/"u8) && IsPackage(folder["usr/share/nodejs/"u8.Length..])) || (folder.StartsWith("usr/lib/nodejs/"u8) && IsPackage(folder["usr/lib/nodejs/"u8.Length..]));

    // The application itself, which no package manager installed: at most three folders down, so that test data of other programs is not taken for one.
    static bool IsApplication(ReadOnlySpan<byte> folder) =>
        folder.Count((byte)'/') < 3 && !folder.StartsWith("usr/share/"u8) && !folder.StartsWith("usr/lib/"u8) && !folder.StartsWith("proc/"u8);

    static bool IsName(string name) => name.Length <= 214 && !name.Contains("..", StringComparison.Ordinal) && name.All(c => c is > ' ' and < '\x7f' and not ('\\' or '<' or '>' or '"' or '{' or '}'));
}
