using Plimsoll.Engine.Licences;

namespace Plimsoll.Engine.Reports.Sbom;

/// <summary>One licence as the evidence of a package writes it, and what that says in SPDX's words.</summary>
/// <param name="Meaning">Null where SPDX has no words for it.</param>
internal sealed record DeclaredLicence(string Text, LicenceExpression? Meaning)
{
    /// <summary>The licences of a package, without those that say the same as one before.</summary>
    public static IReadOnlyList<DeclaredLicence> Of(PackageReport package) =>
    [
        .. package.Licences.Select(text => text.Trim()).Where(text => text.Length > 0)
            .Select(text => new DeclaredLicence(text, LicenceExpression.Parse(text)))
            .DistinctBy(licence => licence.Shown, StringComparer.Ordinal),
    ];

    /// <summary>The expression, or the text where there is none.</summary>
    public string Shown => Meaning?.ToString() ?? Text;
}
