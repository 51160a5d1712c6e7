namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>The order of versions of each ecosystem that OSV names and that has one. Source: the OSV schema, "Defined Ecosystems".</summary>
public static class VersionOrders
{
    static readonly DpkgVersionOrder Dpkg = new();
    static readonly ApkVersionOrder Apk = new();
    static readonly RpmVersionOrder Rpm = new();
    static readonly SemVerOrder SemVer = new();
    static readonly SemVerBuildOrder Build = new();
    static readonly GoVersionOrder Go = new();
    static readonly PythonVersionOrder Python = new();
    static readonly NuGetVersionOrder NuGet = new();
    static readonly MavenVersionOrder Maven = new();
    static readonly RubyGemsVersionOrder RubyGems = new();
    static readonly ComposerVersionOrder Composer = new();
    static readonly BitnamiVersionOrder Bitnami = new();

    /// <summary>All of them, each once.</summary>
    public static IReadOnlyList<IVersionOrder> All { get; } = [Dpkg, Apk, Rpm, SemVer, Build, Go, Python, NuGet, Maven, RubyGems, Composer, Bitnami];

    /// <summary>The order of an OSV ecosystem without its suffix (<c>Debian</c>, not <c>Debian:12</c>), or null where none is known.</summary>
    public static IVersionOrder? For(string ecosystem) => ecosystem switch
    {
        "Debian" or "Ubuntu" => Dpkg,
        "Alpine" or "Wolfi" or "Chainguard" or "Alpaquita" or "BellSoft Hardened Containers" or "CleanStart" or "MinimOS" => Apk,
        "AlmaLinux" or "Rocky Linux" or "Red Hat" or "SUSE" or "openSUSE" or "openEuler" or "Mageia" or "Azure Linux" or "Photon OS" => Rpm,
        "npm" or "crates.io" or "Hex" or "SwiftURL" or "Kubernetes" or "VSCode" => SemVer,
        "Pub" or "Julia" => Build,
        "Go" => Go,
        "PyPI" => Python,
        "NuGet" => NuGet,
        "Maven" => Maven,
        "RubyGems" => RubyGems,
        "Packagist" => Composer,
        "Bitnami" => Bitnami,
        // Echo, Root and TuxCare count as the ecosystem behind their suffix does.
        _ => null,
    };
}
