using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>Who publishes OSV records for the packages of a distribution.</summary>
/// <param name="Ecosystem">With the release: <c>Debian:12</c>, <c>Alpine:v3.20</c>; null where nobody does.</param>
/// <param name="NoSource">Why there is none, to be said in place of "no vulnerabilities"; null where there is one.</param>
public sealed record Distribution(string? Ecosystem, string? NoSource)
{
    /// <param name="os">Null for an image without os-release.</param>
    public static Distribution Of(OsRelease? os)
    {
        if (os is null)
            return new(null, "the image does not say which distribution it is");
        var version = os.VersionId ?? "";
        var ecosystem = os.Id switch
        {
            "almalinux" => Release("AlmaLinux", Major(version)),
            "rocky" => Release("Rocky Linux", Major(version)),
            // The repository that follows in these is no part of what is installed.
            "rhel" => Release("Red Hat:enterprise_linux", Major(version)),
            "alpine" => AlpineBranch(version),
            "debian" => Release("Debian", version.Length > 0 ? Major(version) : "sid"),
            "ubuntu" => Release("Ubuntu", IsLongTerm(version) ? $"{version}:LTS" : version),
            "opensuse-leap" => Release("openSUSE", version.Length > 0 ? $"Leap {version}" : ""),
            "opensuse-tumbleweed" => "openSUSE:Tumbleweed",
            "sles" or "sled" or "sle_hpc" or "sles_sap" => Release("SUSE", ServicePack(version)),
            "wolfi" => "Wolfi",
            "chainguard" => "Chainguard",
            "minimos" => "MinimOS",
            "mageia" => Release("Mageia", Major(version)),
            "azurelinux" or "mariner" => Release("Azure Linux", Major(version)),
            _ => null,
        };
        return ecosystem is null ? new(null, $"no source of advisories covers {(version.Length > 0 ? $"{os.Id} {version}" : os.Id)}") : new(ecosystem, null);
    }

    static string? Release(string ecosystem, string release) => release.Length > 0 ? $"{ecosystem}:{release}" : null;

    static string Major(string version) => version.Split('.')[0];

    // 3.20.3 is v3.20; edge, which calls itself 3.23_alpha20250612, has no branch.
    static string? AlpineBranch(string version) =>
        version.Split('.') is [var major, var minor, ..] && !version.Contains('_', StringComparison.Ordinal) ? $"Alpine:v{major}.{minor}" : null;

    static bool IsLongTerm(string version) => version.Split('.') is [var year, "04"] && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var even) && even % 2 == 0;

    // 15.5 is "15 SP5" in the names of SUSE's products, and 15 the release without one.
    static string ServicePack(string version) => version.Split('.') is [var major, var pack] ? $"{major} SP{pack}" : version;
}
