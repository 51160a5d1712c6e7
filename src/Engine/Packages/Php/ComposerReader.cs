using System.Text.Json;

namespace Plimsoll.Engine.Packages.Php;

/// <summary>What Composer installed: <c>vendor/composer/installed.json</c>, a list in Composer 1, an object with <c>packages</c> since Composer 2.</summary>
internal sealed class ComposerReader : IPackageReader
{
    const int InstalledBytes = 8 << 20;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => path.EndsWith("composer/installed.json"u8);

    public PackageEvidence Read(EvidenceFile file)
    {
        using var json = JsonText.Parse(file, InstalledBytes);
        var packages = new List<InstalledPackage>();
        var notes = new FileNotes(file.Path);
        foreach (var package in (json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement : json.RootElement.Member("packages")).Items())
            if (package.Text("name") is { } name && package.Text("version") is { } version)
                packages.Add(new InstalledPackage("composer", name, version)
                {
                    Licences = package.Member("license") is { } licence ? [.. licence.Text() is { } one ? [one] : ((JsonElement?)licence).Items().Select(item => item.Text()).OfType<string>()] : [],
                });
            else
                notes.Add("a package without a name or version was left out");
        return new PackageEvidence(packages, notes.ToList());
    }
}
