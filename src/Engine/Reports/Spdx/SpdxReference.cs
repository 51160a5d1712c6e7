using System.Text.Json;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.Spdx;

/// <summary>What a package is elsewhere (SPDX 2.3, 7.21 and annex F).</summary>
/// <param name="Comment">Null: none.</param>
internal sealed record SpdxReference(string Category, string Type, string Locator, string? Comment = null)
{
    public static SpdxReference Purl(string url) => new("PACKAGE-MANAGER", "purl", url);

    /// <summary>SPDX 2.3 has no member for a vulnerability: the address of its advisory stands here, and what else is known as a comment.</summary>
    public static SpdxReference Advisory(VulnerabilityReport one) => new("SECURITY", "advisory", AdvisoryAddress.Of(one.Id), string.Join("; ", Facts(one)));

    public static void Write(Utf8JsonWriter json, IReadOnlyList<SpdxReference> references)
    {
        if (references.Count > 0)
            json.WriteObjects("externalRefs", references, one =>
            {
                json.WriteString("referenceCategory", one.Category);
                json.WriteString("referenceType", one.Type);
                json.WriteString("referenceLocator", one.Locator);
                json.WriteOptional("comment", one.Comment);
            });
    }

    static IEnumerable<string> Facts(VulnerabilityReport one)
    {
        yield return one.Id;
        if (one.OtherNames.Any())
            yield return $"also {string.Join(", ", one.OtherNames)}";
        yield return one.Severity is { } severity ? $"severity {severity.ToString().ToLowerInvariant()}" : "severity unknown";
        if (one.FixedIn is not null)
            yield return $"fixed in {one.FixedIn}";
        if (one.KnownExploited)
            yield return "known to be exploited";
        if (one.Unconfirmed)
            yield return "reviewed by nobody";
    }
}
