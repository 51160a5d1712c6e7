using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

/// <summary>
/// Until when the distributions' releases get security updates without a paid contract: Debian with its LTS team, Ubuntu's standard
/// support. A check has no clock, so that a release counts as ended when its end lies before the day on which this table was last revised:
/// an old program is late to say so and never wrong.
/// </summary>
internal static class OsReleases
{
    /// <summary>When this table was last compared with its sources: distro-info-data for Debian and Ubuntu, endoflife.date for the others.</summary>
    public static DateOnly Revised { get; } = new(2026, 11, 23);

    static readonly Dictionary<string, string> Ends = new(StringComparer.Ordinal)
    {
        ["debian 7"] = "2018-05-31", ["debian 8"] = "2020-06-30", ["debian 9"] = "2022-06-30", ["debian 10"] = "2024-06-30",
        ["debian 11"] = "2026-08-31", ["debian 12"] = "2028-06-30", ["debian 13"] = "2030-06-30",
        ["ubuntu 14.04"] = "2019-04-25", ["ubuntu 16.04"] = "2021-04-30", ["ubuntu 18.04"] = "2023-05-31", ["ubuntu 20.04"] = "2025-05-29",
        ["ubuntu 20.10"] = "2021-07-22", ["ubuntu 21.04"] = "2022-01-20", ["ubuntu 21.10"] = "2022-07-14", ["ubuntu 22.04"] = "2027-06-01",
        ["ubuntu 22.10"] = "2023-07-20", ["ubuntu 23.04"] = "2024-01-25", ["ubuntu 23.10"] = "2024-07-11", ["ubuntu 24.04"] = "2029-05-31",
        ["ubuntu 24.10"] = "2025-07-10", ["ubuntu 25.04"] = "2026-01-15", ["ubuntu 25.10"] = "2026-07-09", ["ubuntu 26.04"] = "2031-05-29",
        ["alpine 3.0"] = "2016-05-01", ["alpine 3.1"] = "2016-11-01", ["alpine 3.2"] = "2017-05-01", ["alpine 3.3"] = "2017-11-01",
        ["alpine 3.4"] = "2018-05-01", ["alpine 3.5"] = "2018-11-01", ["alpine 3.6"] = "2019-05-01", ["alpine 3.7"] = "2019-11-01",
        ["alpine 3.8"] = "2020-05-01", ["alpine 3.9"] = "2020-11-01", ["alpine 3.10"] = "2021-05-01", ["alpine 3.11"] = "2021-11-01",
        ["alpine 3.12"] = "2022-05-01", ["alpine 3.13"] = "2022-11-01", ["alpine 3.14"] = "2023-05-01", ["alpine 3.15"] = "2023-11-01",
        ["alpine 3.16"] = "2024-05-23", ["alpine 3.17"] = "2024-11-22", ["alpine 3.18"] = "2025-05-09", ["alpine 3.19"] = "2025-11-01",
        ["alpine 3.20"] = "2026-04-01", ["alpine 3.21"] = "2026-11-01", ["alpine 3.22"] = "2027-05-01", ["alpine 3.23"] = "2027-11-01",
        ["alpine 3.24"] = "2028-06-01",
        ["rhel 5"] = "2017-03-31", ["rhel 6"] = "2020-11-30", ["rhel 7"] = "2024-06-30", ["rhel 8"] = "2029-05-31", ["rhel 9"] = "2032-05-31",
        ["rhel 10"] = "2035-05-31",
        ["centos 6"] = "2020-11-30", ["centos 7"] = "2024-06-30", ["centos 8"] = "2021-12-31", ["centos stream 8"] = "2024-05-31",
        ["centos stream 9"] = "2027-05-31", ["centos stream 10"] = "2030-05-31",
        ["rocky 8"] = "2029-05-31", ["rocky 9"] = "2032-05-31", ["rocky 10"] = "2035-05-31",
        ["almalinux 8"] = "2029-05-31", ["almalinux 9"] = "2032-05-31", ["almalinux 10"] = "2035-05-31",
        ["ol 6"] = "2021-03-31", ["ol 7"] = "2024-12-31", ["ol 8"] = "2029-07-31", ["ol 9"] = "2032-06-30",
        ["amzn 2018"] = "2023-12-31", ["amzn 2017"] = "2023-12-31", ["amzn 2"] = "2026-06-30", ["amzn 2023"] = "2029-06-30",
        ["fedora 36"] = "2023-05-16", ["fedora 37"] = "2023-12-05", ["fedora 38"] = "2024-05-21", ["fedora 39"] = "2024-11-26",
        ["fedora 40"] = "2025-05-13", ["fedora 41"] = "2025-12-15", ["fedora 42"] = "2026-05-27", ["fedora 43"] = "2026-12-09",
        ["fedora 44"] = "2027-06-02",
        ["opensuse-leap 42"] = "2019-07-01", ["opensuse-leap 15.0"] = "2019-12-03", ["opensuse-leap 15.1"] = "2021-02-02",
        ["opensuse-leap 15.2"] = "2022-01-04", ["opensuse-leap 15.3"] = "2022-12-31", ["opensuse-leap 15.4"] = "2023-12-07",
        ["opensuse-leap 15.5"] = "2024-12-31", ["opensuse-leap 15.6"] = "2026-04-30", ["opensuse-leap 16.0"] = "2027-10-31",
    };

    /// <summary>The last day of updates; null for a release that is not known, and for those that roll (Wolfi, Arch, Alpine edge, Debian testing).</summary>
    public static DateOnly? EndOf(OsRelease os)
    {
        // Alpine edge calls itself 3.23_alpha20250612.
        if (os.VersionId is not { Length: > 0 } version || version.Contains('_', StringComparison.Ordinal))
            return null;
        var id = os.Id == "centos" && os.Name.Contains("Stream", StringComparison.Ordinal) ? "centos stream" : os.Id;
        var parts = version.Split('.');
        var end = (parts.Length > 1 ? Ends.GetValueOrDefault($"{id} {parts[0]}.{parts[1]}") : null) ?? Ends.GetValueOrDefault($"{id} {parts[0]}");
        return end is null ? null : DateOnly.ParseExact(end, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}
