using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Rpm;

namespace Plimsoll.Engine.Sboms;

/// <summary>A package URL taken apart (ECMA-427, "How to parse").</summary>
/// <param name="Namespace">Decoded, its parts joined by <c>/</c>; empty where it has none.</param>
/// <param name="Version">Null where it has none.</param>
internal sealed record PurlParts(string Type, string Namespace, string Name, string? Version, string Whole)
{
    /// <summary>Null for what is no package URL.</summary>
    public static PurlParts? Of(string purl)
    {
        if (!purl.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))
            return null;
        var bare = purl["pkg:".Length..].Split('#', 2)[0].Split('?', 2)[0].Trim('/');
        var (slash, last) = (bare.IndexOf('/', StringComparison.Ordinal), bare.LastIndexOf('/'));
        if (slash <= 0)
            return null;
        // The at of a scope stands before the last slash, should it not be encoded.
        var at = bare.LastIndexOf('@') is var found && found > last + 1 ? found : bare.Length;
        return new PurlParts(
            bare[..slash].ToLowerInvariant(), last > slash ? Uri.UnescapeDataString(bare[(slash + 1)..last]) : "", Uri.UnescapeDataString(bare[(last + 1)..at]),
            at < bare.Length ? Uri.UnescapeDataString(bare[(at + 1)..]) : null, purl);
    }

    /// <summary>
    /// The name as the ecosystem writes it: the one of <paramref name="names"/> that the package URL says too, in its own way, which often leaves
    /// out capitals; else what the package URL says.
    /// </summary>
    public string NameOf(IEnumerable<string> names)
    {
        var isOfSystem = PackageUrl.IsOfSystem(Type);
        return names.FirstOrDefault(name => PackageUrl.Parts(Type, name, null) is var (space, bare) && bare == Name && (isOfSystem || space == Namespace)) ?? Type switch
        {
            "golang" or "npm" or "composer" when Namespace.Length > 0 => $"{Namespace}/{Name}",
            "maven" => $"{Namespace}:{Name}",
            _ => Name,
        };
    }

    /// <summary>The same of the version. An rpm's has its epoch in front.</summary>
    public string VersionOf(string? version)
    {
        var known = version is not null && (Version is null || PackageUrl.VersionOf(Type, version) == Version) ? version : Version ?? "";
        return Type == "rpm" && !known.Contains(':', StringComparison.Ordinal) && PurlQualifiers.Of(Whole, "epoch") is { Length: > 0 } epoch ? $"{epoch}:{known}" : known;
    }

    /// <summary>The source package by the qualifier <c>upstream</c>: <c>name@version</c>, the name alone where the version is the same, or the name of a source rpm.</summary>
    public SourcePackage? SourceOf(string version) => PurlQualifiers.Of(Whole, "upstream") switch
    {
        null or "" => null,
        var file when Type == "rpm" => RpmPackage.SourceOf(file),
        var name when name.LastIndexOf('@') is var at and > 0 => new SourcePackage(name[..at], name[(at + 1)..]),
        var name => new SourcePackage(name, version),
    };

    /// <summary>As a report has it, where only the name of a source rpm is a part of the package URL.</summary>
    public string Reported()
    {
        if (Type == "rpm" || Whole.IndexOf('?', StringComparison.Ordinal) is not (var question and >= 0))
            return Whole;
        var rest = Whole[(question + 1)..].Split('&').Where(pair => !pair.StartsWith("upstream=", StringComparison.Ordinal)).ToList();
        return rest.Count == 0 ? Whole[..question] : $"{Whole[..question]}?{string.Join('&', rest)}";
    }
}
