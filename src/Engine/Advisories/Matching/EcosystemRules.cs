using System.Buffers;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>By which of its names a package of a distribution is looked up.</summary>
internal enum MatchedBy
{
    /// <summary>The package itself.</summary>
    Package,

    /// <summary>The source package at its version, which is what the distribution's security team names.</summary>
    Source,

    /// <summary>Both, each at its version: the feed names now one, now the other.</summary>
    PackageOrSource,
}

/// <summary>How names are compared in each ecosystem.</summary>
internal static partial class EcosystemRules
{
    /// <summary>What every Python name without another is written with in the form of PEP 503.</summary>
    static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>The ecosystem without its release: <c>Debian:12</c> is <c>Debian</c>.</summary>
    public static string Base(string ecosystem) => ecosystem.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? ecosystem[..colon] : ecosystem;

    static ReadOnlySpan<char> BaseOf(string ecosystem) => ecosystem.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? ecosystem.AsSpan(0, colon) : ecosystem;

    /// <summary>
    /// What two ecosystems must have in common to be the same. It is the text itself, so that a bare <c>Alpine</c> is none of its branches, with
    /// two exceptions where the feed has an ecosystem for each repository or product of a release.
    /// </summary>
    public static string KeyOf(string ecosystem)
    {
        if (ecosystem.StartsWith("Red Hat:", StringComparison.Ordinal) && ecosystem.IndexOf("::", StringComparison.Ordinal) is var repository and > 0)
            return ecosystem[..repository];
        if (ecosystem.StartsWith("SUSE:", StringComparison.Ordinal) && ProductRelease().Match(ecosystem) is { Success: true } release)
            return $"SUSE:{release.Value}";
        return ecosystem;
    }

    /// <summary>The form in which all spellings of a name are one.</summary>
    public static string NameOf(string ecosystem, string name) => BaseOf(ecosystem) switch
    {
        // PEP 503.
        "PyPI" => name.AsSpan().ContainsAnyExcept(Plain) ? Separators().Replace(name, "-").ToLowerInvariant() : name,
        "NuGet" or "Packagist" or "Hex" or "GitHub Actions" => name.ToLowerInvariant(),
        _ => name,
    };

    /// <summary>The ecosystem of a language's packages by their purl type; null for a type that nobody publishes advisories for.</summary>
    public static string? OfType(string type) => type switch
    {
        "npm" => "npm",
        "pypi" => "PyPI",
        "golang" => "Go",
        "nuget" => "NuGet",
        "maven" => "Maven",
        "gem" => "RubyGems",
        "cargo" => "crates.io",
        "composer" => "Packagist",
        "hex" => "Hex",
        "pub" => "Pub",
        "bitnami" => "Bitnami",
        _ => null,
    };

    public static MatchedBy MatchedBy(string ecosystem) => BaseOf(ecosystem) switch
    {
        "Debian" or "Ubuntu" or "Alpine" or "SUSE" or "openSUSE" => Matching.MatchedBy.Source,
        "Wolfi" or "Chainguard" or "MinimOS" or "Rocky Linux" or "Mageia" or "Azure Linux" => Matching.MatchedBy.PackageOrSource,
        _ => Matching.MatchedBy.Package,
    };

    /// <summary>Whether its packages may come in module streams.</summary>
    public static bool HasModules(string ecosystem) => BaseOf(ecosystem) is "AlmaLinux" or "Rocky Linux" or "Red Hat";

    /// <summary>What an update of a distribution is by its id: a mended bug or something new, with no vulnerability in it. Null for all others.</summary>
    public static string? NoVulnerability(string id) => id.Length < 5 ? null : id[..5] switch
    {
        "ALBA-" or "RLBA-" => "an update that mends bugs",
        "ALEA-" or "RLEA-" => "an update that brings something new",
        _ => null,
    };

    [GeneratedRegex("[-_.]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"(?<= )[0-9]+( SP[0-9]+)?(?=$|-)")]
    private static partial Regex ProductRelease();
}
