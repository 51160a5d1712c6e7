namespace Plimsoll.Engine.Packages;

/// <summary>
/// A package URL (ECMA-427) taken apart, in the form that its type prescribes: what is written in two ways and means the same is equal. The subpath is left out.
/// </summary>
/// <param name="Namespace">Empty where there is none.</param>
/// <param name="Version">Null where it has none: it is about all versions.</param>
/// <param name="Qualifiers">Without those that have no value.</param>
internal sealed record Purl(string Type, string Namespace, string Name, string? Version, IReadOnlyDictionary<string, string> Qualifiers)
{
    /// <summary>Characters of one that is read. Real ones stay far below.</summary>
    const int Longest = 2048;

    /// <summary>Types whose names have no capital letters (purl-spec, "types").</summary>
    static readonly HashSet<string> LowerCase =
        new(["alpm", "apk", "bitbucket", "bitnami", "composer", "deb", "github", "gitlab", "golang", "hex", "oci", "pub", "pypi"], StringComparer.Ordinal);

    /// <summary>Whether it is the image itself, and no package in one.</summary>
    public bool IsImage => Type is "oci" or "docker";

    /// <summary>Null for what is no package URL.</summary>
    public static Purl? Parse(string text)
    {
        if (text.Length > Longest || !text.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))
            return null;
        var (rest, qualifiers) = Cut(Cut(text["pkg:".Length..].TrimStart('/'), '#').Before, '?');
        if (rest.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash))
            return null;
        var (type, path) = (rest[..slash].ToLowerInvariant(), rest[(slash + 1)..].Trim('/'));
        // A scope of npm begins with an @ too, whether or not somebody wrote it as %40.
        var at = path.LastIndexOf('@') is var last && last > path.LastIndexOf('/') + 1 ? last : path.Length;
        var parts = path[..at].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        if (parts.Count == 0 || parts[^1].Length == 0)
            return null;
        var (space, name) = Plain(type, string.Join('/', parts[..^1]), parts[^1]);
        var version = at == path.Length ? "" : Uri.UnescapeDataString(path[(at + 1)..]);
        return new Purl(type, space, name, version.Length == 0 ? null : type is "pypi" or "oci" ? version.ToLowerInvariant() : version, Pairs(qualifiers));
    }

    /// <summary>Whether both are of one package, whatever their versions.</summary>
    public bool IsSamePackage(Purl other) => (Type, Namespace, Name) == (other.Type, other.Namespace, other.Name);

    /// <summary>
    /// Why this, as somebody states it, is not about <paramref name="installed"/>, which is the same package: one sentence without a full stop. Null where it is: without
    /// a version it is about all of them, and each qualifier that it has must be there with the same value (OpenVEX specification, "Software identifiers").
    /// </summary>
    public string? WhyNot(Purl installed)
    {
        if (Version is not null && Version != installed.Version)
            return $"it is about version {Version}, and {installed.Version ?? "none"} is installed";
        foreach (var (key, value) in Qualifiers)
            // What it was built from does not tell it from others, and SBOMs alone write it.
            if (key != "upstream" && installed.Qualifiers.GetValueOrDefault(key) is var its && its != value)
                return $"it is about {key}={value}, and the installed package {(its is null ? $"says nothing of its {key}" : $"has {key}={its}")}";
        return null;
    }

    // Of PyPI, dashes, dots and underscores are one (PEP 503). Red Hat calls itself redhat in package URLs and rhel in os-release.
    static (string Namespace, string Name) Plain(string type, string space, string name) => type switch
    {
        "pypi" => ("", string.Join('-', name.ToLowerInvariant().Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries))),
        "rpm" => (space.ToLowerInvariant() is var vendor && vendor == "redhat" ? "rhel" : vendor, name),
        _ when LowerCase.Contains(type) => (space.ToLowerInvariant(), name.ToLowerInvariant()),
        _ => (space, name),
    };

    static Dictionary<string, string> Pairs(string qualifiers)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in qualifiers.Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (Cut(pair, '=') is { After.Length: > 0 } one)
                pairs[one.Before.ToLowerInvariant()] = Uri.UnescapeDataString(one.After);
        return pairs;
    }

    static (string Before, string After) Cut(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");
}
