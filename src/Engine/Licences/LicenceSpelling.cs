using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Licences;

/// <summary>
/// What distributions and package authors write for a licence that SPDX has an identifier for: Debian's copyright format 1.0
/// ("License short name"), Fedora's names before 2022, the trove classifiers of Python, and what most pom files say.
/// A spelling that can mean two licences is not in here ("BSD", "GPL", Fedora's "LGPLv2"): it stays the name that it is.
/// </summary>
internal static partial class LicenceSpelling
{
    const string Perl = "Artistic-1.0-Perl OR GPL-1.0-or-later";

    static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        // "The same terms as Perl itself".
        ["GPL-1+ or Artistic"] = Perl, ["Artistic or GPL-1+"] = Perl, ["GPL+ or Artistic"] = Perl, ["Perl"] = Perl,
        ["GPL+"] = "GPL-1.0-or-later",
        // Debian.
        ["Expat"] = "MIT", ["MIT/X11"] = "MIT", ["BSD-2"] = "BSD-2-Clause", ["BSD-3"] = "BSD-3-Clause", ["BSD-4"] = "BSD-4-Clause",
        ["CC0"] = "CC0-1.0",
        ["OpenLDAP-2.8"] = "OLDAP-2.8",
        ["GFDL-NIV-1.2"] = "GFDL-1.2-no-invariants-only", ["GFDL-NIV-1.2+"] = "GFDL-1.2-no-invariants-or-later",
        ["GFDL-NIV-1.3"] = "GFDL-1.3-no-invariants-only", ["GFDL-NIV-1.3+"] = "GFDL-1.3-no-invariants-or-later",
        // Fedora.
        ["ASL 1.0"] = "Apache-1.0", ["ASL 1.1"] = "Apache-1.1", ["ASL 2.0"] = "Apache-2.0", ["Artistic 2.0"] = "Artistic-2.0", ["Boost"] = "BSL-1.0",
        ["MPLv1.0"] = "MPL-1.0", ["MPLv1.1"] = "MPL-1.1", ["MPLv2.0"] = "MPL-2.0", ["OFL"] = "OFL-1.1", ["OpenLDAP"] = "OLDAP-2.8",
        ["ZPLv2.1"] = "ZPL-2.1",
        // Python.
        ["MIT License"] = "MIT", ["ISC License (ISCL)"] = "ISC", ["Mozilla Public License 2.0 (MPL 2.0)"] = "MPL-2.0",
        ["The Unlicense (Unlicense)"] = "Unlicense",
        ["GNU General Public License v2 (GPLv2)"] = "GPL-2.0-only", ["GNU General Public License v2 or later (GPLv2+)"] = "GPL-2.0-or-later",
        ["GNU General Public License v3 (GPLv3)"] = "GPL-3.0-only", ["GNU General Public License v3 or later (GPLv3+)"] = "GPL-3.0-or-later",
        ["GNU Lesser General Public License v3 (LGPLv3)"] = "LGPL-3.0-only",
        ["GNU Lesser General Public License v3 or later (LGPLv3+)"] = "LGPL-3.0-or-later",
        ["GNU Affero General Public License v3"] = "AGPL-3.0-only", ["Python Software Foundation License"] = "PSF-2.0",
        // Java, and everybody.
        ["The MIT License"] = "MIT", ["The MIT License (MIT)"] = "MIT", ["MIT License (MIT)"] = "MIT", ["BSD 3-Clause"] = "BSD-3-Clause",
        ["BSD 2-Clause"] = "BSD-2-Clause",
        ["BSD 3-Clause License"] = "BSD-3-Clause", ["BSD 2-Clause License"] = "BSD-2-Clause", ["New BSD License"] = "BSD-3-Clause",
        ["Revised BSD"] = "BSD-3-Clause",
        ["Apache 2.0"] = "Apache-2.0", ["Apache 2"] = "Apache-2.0", ["Apache License 2.0"] = "Apache-2.0",
        ["Apache License, Version 2.0"] = "Apache-2.0",
        ["Apache License Version 2.0"] = "Apache-2.0", ["The Apache License, Version 2.0"] = "Apache-2.0",
        ["The Apache Software License, Version 2.0"] = "Apache-2.0",
        ["Apache Software License 2.0"] = "Apache-2.0", ["Eclipse Public License 1.0"] = "EPL-1.0", ["Eclipse Public License - v 1.0"] = "EPL-1.0",
        ["Eclipse Public License 2.0"] = "EPL-2.0", ["Eclipse Public License - v 2.0"] = "EPL-2.0", ["Eclipse Public License v2.0"] = "EPL-2.0",
        ["http://www.apache.org/licenses/LICENSE-2.0"] = "Apache-2.0", ["http://www.apache.org/licenses/LICENSE-2.0.txt"] = "Apache-2.0",
        ["https://www.apache.org/licenses/LICENSE-2.0"] = "Apache-2.0", ["https://www.apache.org/licenses/LICENSE-2.0.txt"] = "Apache-2.0",
        ["http://www.eclipse.org/legal/epl-v10.html"] = "EPL-1.0", ["https://www.eclipse.org/legal/epl-2.0/"] = "EPL-2.0",
        // Deprecated by SPDX for an expression that says the same.
        ["GPL-2.0-with-autoconf-exception"] = "GPL-2.0-only WITH Autoconf-exception-2.0",
        ["GPL-2.0-with-bison-exception"] = "GPL-2.0-only WITH Bison-exception-2.2",
        ["GPL-2.0-with-classpath-exception"] = "GPL-2.0-only WITH Classpath-exception-2.0",
        ["GPL-2.0-with-font-exception"] = "GPL-2.0-only WITH Font-exception-2.0",
        ["GPL-2.0-with-GCC-exception"] = "GPL-2.0-only WITH GCC-exception-2.0",
        ["GPL-3.0-with-autoconf-exception"] = "GPL-3.0-only WITH Autoconf-exception-3.0",
        ["GPL-3.0-with-GCC-exception"] = "GPL-3.0-only WITH GCC-exception-3.1",
    };

    // Which of several versions is meant by the name alone.
    static readonly Dictionary<string, string> Exceptions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Bison"] = "Bison-exception-2.2", ["Classpath"] = "Classpath-exception-2.0", ["Font"] = "Font-exception-2.0",
    };

    /// <summary>Every spelling of the table, with the expression that it stands for.</summary>
    public static IReadOnlyDictionary<string, string> All => Known;

    /// <summary>The expression, its tokens apart by one space; null where the text is no such spelling, as every current identifier.</summary>
    public static string? Of(string text)
    {
        if (Known.TryGetValue(text, out var meant))
            return meant;
        if (Gnu().Match(text) is { Success: true } gnu)
        {
            var minor = gnu.Groups["minor"].Success ? gnu.Groups["minor"].Value : "0";
            var kind = gnu.Groups["later"].Success ? "or-later" : "only";
            return SpdxList.Licence($"{gnu.Groups["family"].Value}-{gnu.Groups["major"].Value}.{minor}-{kind}");
        }
        // Debian leaves a trailing ".0" away: Apache-2, CDDL-1.
        return text is [.., '+'] ? SpdxList.Licence($"{text[..^1]}.0") is { } later ? later + "+" : null : SpdxList.Licence($"{text}.0");
    }

    /// <summary>The exception that stands after <c>with</c>; null where it is not known.</summary>
    public static string? OfException(string text)
    {
        var name = text.EndsWith(" exception", StringComparison.OrdinalIgnoreCase) ? text[..^" exception".Length] : text;
        return SpdxList.Exception(name) ?? SpdxList.Exception($"{name}-exception") ?? Exceptions.GetValueOrDefault(name);
    }

    // GPL-2+, GPLv2+, GPL2, GPL-2.0, LGPL v2.1+, AGPLv3, GFDL-1.3+. "LGPLv2" may be 2.0 or 2.1; Debian's "LGPL-2" is 2.0.
    [GeneratedRegex(
        @"^(?!LGPL(?:| |v| v|-v)2\+?\z)(?<family>[AL]?GPL|GFDL)(?:[- ]?v|[- ]|)(?<major>[0-9])(?:\.(?<minor>[0-9]))?(?<later>\+)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Gnu();
}
