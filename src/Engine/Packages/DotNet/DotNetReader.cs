using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Engine.Packages.DotNet;

/// <summary>
/// NuGet packages by an application's <c>*.deps.json</c>, the shared frameworks' own among them (dotnet/sdk, "runtime-configuration-file").
/// A package counts where the target that the application was published for takes a file from it: others were only compiled against.
/// A library of type <c>project</c> is the application itself.
/// </summary>
internal sealed class DotNetReader : IPackageReader
{
    const int DepsBytes = 8 << 20;
    const string RuntimePack = "runtimepack.";

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => path.EndsWith(".deps.json"u8);

    public PackageEvidence Read(EvidenceFile file)
    {
        var reader = JsonEvidence.Open(file, DepsBytes);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new MalformedFileException("it is not a JSON object");
        string? target = null;
        var used = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Next(out var property))
            if (property.SequenceEqual("runtimeTarget"u8))
                target = reader.Texts("name"u8) is [var name, ..] ? name : null;
            else if (property.SequenceEqual("targets"u8) && reader.TokenType == JsonTokenType.StartObject)
                while (reader.Next(out var key))
                    used[Encoding.UTF8.GetString(key)] = UsedIn(ref reader);
            else if (property.SequenceEqual("libraries"u8) && reader.TokenType == JsonTokenType.StartObject)
                while (reader.Next(out var key))
                    types[Encoding.UTF8.GetString(key)] = reader.Texts("type"u8) is [var type, ..] ? type : "";
            else
                reader.Skip();
        // One that does not name its target has no other.
        if ((target is not null && used.TryGetValue(target, out var named) ? named : used.Values.FirstOrDefault()) is not { } libraries)
            return PackageEvidence.None with { Notes = [$"{file.Path}: it does not say what its own target uses"] };

        var packages = new List<InstalledPackage>();
        var leftOut = 0;
        foreach (var library in libraries.Distinct(StringComparer.Ordinal))
            if (types.GetValueOrDefault(library) is "package" or "runtimepack")
                if (PackageOf(library) is { } package)
                    packages.Add(package);
                else
                    leftOut++;
        return new PackageEvidence(packages, leftOut == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{file.Path}: {leftOut:N0} libraries without a name or version were left out")]);
    }

    // "Name/Version". A runtime pack is the shared framework that a self-contained application has a copy of.
    static InstalledPackage? PackageOf(string library)
    {
        var slash = library.LastIndexOf('/');
        if (slash < 0 || EvidenceText.Of(library[..slash]) is not { } name || EvidenceText.Of(library[(slash + 1)..]) is not { } version)
            return null;
        return new InstalledPackage("nuget", name.StartsWith(RuntimePack, StringComparison.Ordinal) ? name[RuntimePack.Length..] : name, version);
    }

    static List<string> UsedIn(ref Utf8JsonReader reader)
    {
        var used = new List<string>();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return used;
        }
        while (reader.Next(out var library))
            if (TakesFiles(ref reader))
                used.Add(Encoding.UTF8.GetString(library));
        return used;
    }

    static bool TakesFiles(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }
        var takes = false;
        while (reader.Next(out var kind))
            if ((kind.SequenceEqual("runtime"u8) || kind.SequenceEqual("native"u8) || kind.SequenceEqual("runtimeTargets"u8) || kind.SequenceEqual("resources"u8))
                && reader.TokenType == JsonTokenType.StartObject)
                // "_._" stands for: nothing of this package is needed here.
                while (reader.Next(out var asset))
                {
                    takes |= !asset.EndsWith("_._"u8);
                    reader.Skip();
                }
            else
                reader.Skip();
        return takes;
    }
}
