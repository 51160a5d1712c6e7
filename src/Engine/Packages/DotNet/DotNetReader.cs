using System.Text.Json;

namespace Plimsoll.Engine.Packages.DotNet;

/// <summary>
/// What a .NET application brings along: the libraries of its <c>*.deps.json</c> that have assets for its runtime target (.NET SDK, "Runtime
/// configuration files"). Projects are the application itself.
/// </summary>
internal sealed class DotNetReader : IPackageReader
{
    const int DepsBytes = 8 << 20;

    static readonly string[] Assets = ["runtime", "native", "resources", "runtimeTargets"];

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => path.EndsWith(".deps.json"u8);

    public PackageEvidence Read(EvidenceFile file)
    {
        using var json = JsonText.Parse(file, DepsBytes);
        var root = json.RootElement;
        // Of each library once: a target may name one again and again.
        var libraries = new HashSet<string>(root.Member("libraries").Members().Where(library => library.Value.Text("type") is "package" or "runtimepack").Select(library => library.Name), StringComparer.OrdinalIgnoreCase);
        var packages = new List<InstalledPackage>();
        foreach (var target in Target(root).Members())
            if (libraries.Contains(target.Name) && HasAssets(target.Value) && target.Name.IndexOf('/', StringComparison.Ordinal) is var slash and > 0)
                packages.Add(new InstalledPackage("nuget", NameOf(target.Name[..slash]), target.Name[(slash + 1)..]));
        return new PackageEvidence(packages, []);
    }

    static JsonElement? Target(JsonElement root)
    {
        var targets = root.Member("targets");
        var wanted = root.Member("runtimeTarget") is { } target ? target.Text("name") ?? target.Text() : null;
        return wanted is not null && targets?.Member(wanted) is { } named ? named : targets.Members().Select(one => (JsonElement?)one.Value).FirstOrDefault();
    }

    static bool HasAssets(JsonElement library) => Assets.Any(kind => library.Member(kind).Members().Any());

    // A runtime pack is listed as "runtimepack.<package>".
    static string NameOf(string library) => library.StartsWith("runtimepack.", StringComparison.OrdinalIgnoreCase) ? library["runtimepack.".Length..] : library;
}
