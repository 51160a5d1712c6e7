using System.Text;
using Plimsoll.Engine.Licences;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.Spdx;

/// <summary>Identifiers of the elements of one document: <c>SPDXRef-</c> and letters, digits, dots and hyphens (SPDX 2.3, 7.2).</summary>
internal sealed class SpdxIds
{
    /// <summary>A name from an image may be of any length.</summary>
    const int Characters = 120;

    readonly UniqueNames _names = new('-');

    public string Of(params ReadOnlySpan<string> parts) => _names.Of($"SPDXRef-{Fit(string.Join('-', parts))}");

    /// <summary>The text with a hyphen for every run of what an identifier may not hold, cut to a length that people can read.</summary>
    public static string Fit(string text)
    {
        var fit = new StringBuilder(Characters);
        foreach (var c in text)
        {
            if (LicenceExpression.IdString.Contains(c))
                fit.Append(c);
            else if (fit is not { Length: > 0 } || fit[^1] != '-')
                fit.Append('-');
            if (fit.Length == Characters)
                break;
        }
        return fit.ToString().Trim('-') is { Length: > 0 } id ? id : "unnamed";
    }
}
