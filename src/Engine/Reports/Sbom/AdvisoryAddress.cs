namespace Plimsoll.Engine.Reports.Sbom;

/// <summary>Where people read about a vulnerability.</summary>
internal static class AdvisoryAddress
{
    public static string Of(string id) => $"{(id.StartsWith("CVE-", StringComparison.Ordinal) ? "https://nvd.nist.gov/vuln/detail/" : "https://osv.dev/vulnerability/")}{Uri.EscapeDataString(id)}";
}
