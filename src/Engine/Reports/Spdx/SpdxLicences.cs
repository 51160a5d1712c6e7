using System.Text.Json;
using Plimsoll.Engine.Licences;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.Spdx;

/// <summary>
/// Licences as expressions (SPDX 2.3, annex D). What is not on the list is written as <c>LicenseRef-…</c>, and the document says
/// once what stands behind each of these (clause 10): the very words of the evidence.
/// </summary>
internal sealed class SpdxLicences
{
    readonly UniqueNames _names = new('-');
    readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);

    /// <summary>All licences of the package together; null where its evidence says nothing of them.</summary>
    public string? Of(PackageReport package) => LicenceExpression.All([.. DeclaredLicence.Of(package).Select(Expression)])?.ToString();

    public void Write(Utf8JsonWriter json)
    {
        if (_references.Count == 0)
            return;
        json.WriteObjects("hasExtractedLicensingInfos", _references.OrderBy(licence => licence.Value, StringComparer.Ordinal), licence =>
        {
            json.WriteString("licenseId", licence.Value);
            json.WriteString("name", licence.Key);
            json.WriteString("extractedText", licence.Key);
        });
    }

    // A reference in an expression of the evidence needs its definition too, and a name that none of the others has.
    LicenceExpression Expression(DeclaredLicence licence) => licence.Meaning is { } known
        ? new LicenceExpression([.. known.Tokens.Select(token => LicenceExpression.IsReference(token) ? Reference(token) : token)])
        : new LicenceExpression([Reference(licence.Text)]);

    string Reference(string text)
    {
        if (_references.TryGetValue(text, out var reference))
            return reference;
        var bare = LicenceExpression.IsReference(text) ? text[LicenceExpression.ReferencePrefix.Length..] : text;
        return _references[text] = _names.Of(LicenceExpression.ReferencePrefix + SpdxIds.Fit(bare));
    }
}
