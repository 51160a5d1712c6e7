using System.Text;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Packages;

/// <summary>Which package of the operating system owns a file, and what such packages say apart from their database.</summary>
internal sealed class FileOwners
{
    readonly FileTree _tree;
    readonly Dictionary<ulong, string> _owners = [];
    readonly Dictionary<string, IReadOnlyList<string>> _licences = new(StringComparer.Ordinal);

    public FileOwners(IReadOnlyList<LayerIndex> layers, FileTree tree)
    {
        _tree = tree;
        // What an upper layer says stands.
        foreach (var evidence in layers.SelectMany(layer => layer.Packages.Values))
        {
            foreach (var owned in evidence.Owned)
                _owners[owned.Hash] = owned.Package;
            foreach (var (package, licences) in evidence.Licences)
                _licences[package] = licences;
        }
    }

    /// <summary>The owner of the evidence at <paramref name="path"/>; null for a package of the operating system itself, and where there is none.</summary>
    public string? Of(string path, string type)
    {
        if (_owners.Count == 0 || PackageUrl.IsOfSystem(type))
            return null;
        var bytes = Encoding.UTF8.GetBytes(path);
        return Owner(bytes)
            // Where /bin and /lib are links into /usr, databases may name a file by either path.
            ?? (bytes.AsSpan().StartsWith("usr/"u8) ? Owner(bytes.AsSpan("usr/"u8.Length)) : Owner([.. "usr/"u8, .. bytes]));
    }

    public IReadOnlyList<string> LicencesOf(InstalledPackage package) =>
        package.Type != "deb" || _licences.Count == 0 ? [] : _licences.GetValueOrDefault(package.Name) ?? Linked(package.Name);

    // Packages of one source often link their documentation folder to that of one among them.
    IReadOnlyList<string> Linked(string package) =>
        _tree.Find($"usr/share/doc/{package}/copyright")?.Entry.Path.Split('/') is ["usr", "share", "doc", var other, "copyright"]
            ? _licences.GetValueOrDefault(other, []) : [];

    string? Owner(ReadOnlySpan<byte> path) => _owners.GetValueOrDefault(OwnedPath.HashOf(path));
}
