using System.Globalization;
using System.Text.Json;

namespace Plimsoll.Engine.Packages.Php;

/// <summary>
/// Composer packages by <c>vendor/composer/installed.json</c> (composer, Repository/FilesystemRepository.php): a list of packages, or, since
/// Composer 2, an object that has it under <c>packages</c>. The vendor folder may have any name.
/// </summary>
internal sealed class ComposerReader : IPackageReader
{
    const int InstalledBytes = 8 << 20;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => path.EndsWith("/composer/installed.json"u8);

    public PackageEvidence Read(EvidenceFile file)
    {
        var packages = new List<InstalledPackage>();
        var leftOut = 0;
        var reader = JsonEvidence.Open(file, InstalledBytes);
        if (reader.TokenType == JsonTokenType.StartArray)
            leftOut += ReadList(ref reader, packages);
        else if (reader.TokenType == JsonTokenType.StartObject)
            while (reader.Next(out var property))
                if (property.SequenceEqual("packages"u8) && reader.TokenType == JsonTokenType.StartArray)
                    leftOut += ReadList(ref reader, packages);
                else
                    reader.Skip();
        else
            throw new MalformedFileException("it is neither a list of packages nor an object that has one");
        return new PackageEvidence(packages, leftOut == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{file.Path}: {leftOut:N0} packages without a name or version were left out")]);
    }

    static int ReadList(ref Utf8JsonReader reader, List<InstalledPackage> packages)
    {
        var leftOut = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (PackageOf(ref reader) is { } package)
                packages.Add(package);
            else
                leftOut++;
        return leftOut;
    }

    static InstalledPackage? PackageOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        string? name = null, version = null;
        IReadOnlyList<string> licences = [];
        while (reader.Next(out var property))
            if (property.SequenceEqual("name"u8))
                name = reader.Text();
            else if (property.SequenceEqual("version"u8))
                version = reader.Text();
            else if (property.SequenceEqual("license"u8))
                licences = reader.Texts([]);
            else
                reader.Skip();
        return name is null || version is null ? null : new InstalledPackage("composer", name, version) { Licences = licences };
    }
}
