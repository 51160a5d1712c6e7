using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// What is no secret in a file, whatever rule it looks like. The environment and the history are not asked: what stands there runs, so that a
/// well-known default is a lesser finding there and no finding in a file.
/// </summary>
internal static partial class AllowRules
{
    // Put together from parts, so that no scanner takes this file for a leak. Each is the whole value or a telling part of it.
    static readonly string[] Documented =
    [
        "AKIA" + "IOSFODNN7EXAMPLE", "AKIA" + "I44QH8DHBEXAMPLE", "wJalrXUtnFEMI" + "/K7MDENG/bPxRfiCYEXAMPLEKEY", "je7MtGbClwBF" + "/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
        // In the middle of the session tokens in the documentation of AWS, which are longer than a word may decide on.
        "wEXAMPLE",
        "ghp_16C7e42F292c69" + "12E7710c838347Ae178B4a", "QWxhZGRpbjpvcGVu" + "IHNlc2FtZQ",
        // The RFCs on OAuth (5849, 6749, 6750) and their libraries' documentation.
        "czZCaGRSa3F0MzpnWDFmQm" + "F0M2JW", "2YotnFZFEjr1" + "zCsicMWpAA", "tGzv3JOkF0XG5" + "Qx2TlKWIA", "mF_9.B5f-" + "4.1JqM", "SlAV32" + "hkKG", "h480djs" + "93hd8", "45ghiuk" + "ldjahdnhzdauz",
        "kd94hf93k" + "423kf44", "pfkkdhi9sl" + "3r4s00", "kkk9d7dh3k" + "39sjv7", "ad180jjd" + "733klru7", "AIzaSyDaGmWKa4JsXZ-" + "HjGw7ISLn_3namBGewQe",
        // The keys in a comment of WordPress itself.
        "LzJ}op]mr|6+!" + "[P}Ak:uNdJCJZd>(Hx.-Mh#Tz)", "|i|Ux`9<p-h$a" + "Ff(qnT:sDO:D1P^wZ$$/Ra@mi", "%:R{[P|,s.KuM" + "ltH5}cI;/k<Gx~j!f0I)m_sIy",
    ];

    // The beginnings of bodies of keys that everybody has.
    static readonly string[] TestKeys =
    [
        "MIIEogIBAAKCAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr", // Vagrant's insecure key
        "_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow", // RFC 7515, appendix A.1
        "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAe", // RFC 7517, appendix A.2
        "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI", // RFC 7515, appendix A.3
        "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", // RFC 8037, appendix A.1
        // The self-tests of GnuTLS, which are in the library itself.
        "BggqhQMHAQECAwRCBECjFpvp", "KoUDBwEBAgIEIgQgKOF96tom", "AwICHgEEIgQgdNfuHGmmTdPm",
        "O9HehwHmJssNoAoGCCqGSM49", "hvT1U0w+RJcSr23C05cM/Ovn", "qxIX6JkODL4K+zlyEURt8/Wp",
    ];

    public static IReadOnlyList<AllowRule> All { get; } =
    [
        AllowRule.Value("a value that a vendor prints in its documentation", value => Documented.Any(known => value.Contains(known, StringComparison.Ordinal))),
        AllowRule.Value("a test key that everybody has (Vagrant's, those of the RFCs, of the self-tests of GnuTLS)", value => TestKeys.Any(known => value.Contains(known, StringComparison.Ordinal))),
        AllowRule.Value("a reference to a variable, a template or a pattern: the secret is elsewhere", value => value.Length < Long && IsReference(value)),
        AllowRule.Value("a placeholder, a masked value or a default that everybody knows: nothing leaks", value => value.Length < Long && IsExample(value)),
        AllowRule.Value("one or two characters, or a row of the alphabet or of digits, that somebody typed to fill the place", value => value.Length < 3 || value.Length < Long && IsFiller(value)),
    ];

    /// <summary>Keys and tokens of more characters are not judged by a word that chance may put into them.</summary>
    const int Long = 256;

    /// <summary>Nobody types an expression or a format of more characters in place of a secret.</summary>
    const int Typed = 40;

    /// <summary>Why <paramref name="value"/>, before <paramref name="after"/>, is no secret; null when nothing speaks for it.</summary>
    public static AllowRule? Of(SecretRule rule, string value, string after)
    {
        foreach (var allow in rule.Allows)
            if (allow.Covers(value, after))
                return allow;
        foreach (var allow in All)
            if (allow.Covers(value, after))
                return allow;
        return null;
    }

    // In a URL the marks of an example may be escaped: pa%2Fssword.
    static bool IsExample(string value) =>
        SecretValues.IsExample(value) || Encoded.TextOf(value) is { } text && SecretValues.IsExample(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..])
        || value.Contains('%', StringComparison.Ordinal) && SecretValues.IsExample(string.Concat(Uri.UnescapeDataString(value).Where(char.IsAsciiLetterOrDigit)));

    static bool IsReference(string value) => Reference().IsMatch(value) || value.Length < Typed && Pattern().IsMatch(value);

    static bool IsFiller(string value)
    {
        int same = 1, row = 1;
        for (var i = 1; i < value.Length; i++)
        {
            same = value[i] == value[i - 1] ? same + 1 : 1;
            row = value[i] == value[i - 1] + 1 || value[i] == '0' && value[i - 1] == '9' || value[i] == 'a' && value[i - 1] == '9' ? row + 1 : 1;
            if (same >= 8 || row >= 8)
                return true;
        }
        return value.Length >= 8 && value.Distinct().Count() < 4;
    }

    // $VAR, ${VAR}, $(command), {{ template }}, #{name}, <name>, %s, %VAR%, %(name)s, @name@, :name, DB_PASSWORD, and what is left out.
    [GeneratedRegex("\\$[{(]|\\{\\{|#\\{|<[A-Za-z/ _-]{1,60}>|^\\$[A-Za-z_]+\\z|^%[A-Za-z_]*%?\\z|%\\([a-z]|^%[sdvq]|^@[A-Za-z_.]+@\\z|^:[a-z_]+\\z|^[A-Z]{2,20}(?:_[A-Z]{2,20}){1,5}\\z|\\.\\.\\.|…")]
    private static partial Regex Reference();

    // [^:]+, \w+, {name}, a*: an expression that looks for secrets, or a format. A long random value may have such characters too.
    [GeneratedRegex("[{}<>\\[\\]^|\\\\*`]")]
    private static partial Regex Pattern();
}
