using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>A report with just what a rule looks at.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public static ImageReport Of(long size = 1000, int layers = 2, long waste = 0, IReadOnlyList<Finding>? findings = null, IReadOnlyList<SecretReport>? secrets = null) => new(
        new ImageIdentity("shop/web:1", null, Digest.Of("config"u8), new Platform("linux", "amd64"), null, size, size, []),
        new ConfigReport("", [], [], [], [], null, [], new Dictionary<string, string>(), null, "", null),
        [.. Enumerable.Range(0, layers).Select(i => new LayerReport(Digest.Of([(byte)i]), Digest.Of([(byte)i]), $"RUN step {i}", size / Math.Max(1, layers), 1, 1, 0, 0, 0, 0))],
        new WasteReport(size == 0 ? 1 : 1 - (double)waste / size, waste, 0, waste == 0 ? [] : [new HiddenFile("tmp/big", waste, 0, 1, HiddenHow.Deleted)], [], null, new DiveScore(1, 0, 0)),
        findings ?? [], secrets ?? [], [], null, null, [], null);

    public static Finding Finding(string check, Severity severity, string evidence = "seen", string? path = null) =>
        new(check, severity, "a title", evidence, 1, path, null, "a remedy", null);

    /// <param name="uncovered">Whether nothing is known of the distribution's packages.</param>
    public static ImageReport With(IReadOnlyList<VulnerabilityReport> vulnerabilities, bool uncovered = false, TimeSpan age = default, bool kev = true, IReadOnlyList<UndecidedAdvisory>? undecided = null) => Of() with
    {
        Vulnerabilities = vulnerabilities,
        Advisories = new AdvisoryReport(Now - age, kev ? Now - age : null, uncovered ? [new UncoveredPackages("there is no advisory data for Debian", "Debian", 12, true)] : [], undecided ?? []),
    };

    public static VulnerabilityReport Vulnerability(
        Severity? severity, string id = "CVE-2026-1", string name = "openssl", string? fixedIn = "3.0.8", int days = 100, bool exploited = false, bool unconfirmed = false, string[]? aliases = null, string[]? upstream = null, string? lastAffected = null) => new(
        id, aliases ?? [], upstream ?? [], severity, null, null, $"pkg:deb/debian/{name}@3.0.7?arch=amd64", name, "3.0.7", fixedIn, lastAffected, exploited, null, 0, Now.AddDays(-days), unconfirmed, null, [$"{id} on {name}: because"]);

    public static SecretReport Secret(Severity severity) => new("by-name", "a secret", severity, "env TOKEN", null, null, null, null, "abcd****");
}
