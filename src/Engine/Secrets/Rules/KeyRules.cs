using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>
/// Private keys: PEM (RFC 7468), OpenSSH (PROTOCOL.key), OpenPGP armour (RFC 9580, section 6.2), PuTTY's format 2 and 3, JSON Web Keys
/// (RFC 7517), .NET's XML. A header alone, as programs have it that read keys, is none: the body must be there. Also JSON Web Tokens (RFC 7519).
/// </summary>
internal static partial class KeyRules
{
    // What stands between the lines of a key in a file, in a string of a program or in JSON.
    const string Breaks = "(?>(?:\\\\{1,2}[nr]|[\\s\"'+,\\\\|]){1,80})";

    const string Body = "[A-Za-z0-9+/=\\s\"',\\\\|]";

    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("private-key", "A private key", Severity.Critical, PrivateKey(),
            "-----BEGIN PRIVATE KEY", "-----BEGIN RSA PRIVATE KEY", "-----BEGIN EC PRIVATE KEY", "-----BEGIN DSA PRIVATE KEY", "-----BEGIN OPENSSH PRIVATE KEY")
            { InBinary = true, IsKey = true, Reach = SecretRule.LongestReach, Holds = Encoded.HasKeyBody },
        new("encrypted-private-key", "An encrypted private key", Severity.Medium, EncryptedPrivateKey(),
            "-----BEGIN ENCRYPTED PRIVATE KEY", "-----BEGIN RSA PRIVATE KEY", "-----BEGIN EC PRIVATE KEY", "-----BEGIN DSA PRIVATE KEY", "-----BEGIN OPENSSH PRIVATE KEY",
            "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY")
            { InBinary = true, IsKey = true, Reach = SecretRule.LongestReach, Holds = Encoded.HasKeyBody },
        new("pgp-private-key", "An OpenPGP private key", Severity.Critical, PgpPrivateKey(), "-----BEGIN PGP PRIVATE KEY BLOCK")
            { InBinary = true, IsKey = true, Reach = SecretRule.LongestReach, Holds = Encoded.HasKeyBody },
        new("putty-private-key", "A PuTTY private key", Severity.Critical, PuttyPrivateKey(), "PuTTY-User-Key-File-") { IsKey = true, Reach = SecretRule.LongestReach, Holds = Encoded.HasKeyBody },
        new("base64-private-key", "A private key in base64", Severity.Critical, Base64PrivateKey(),
            "LS0tLS1CRUdJTiBSU0EgUFJJVkFURS", "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS", "LS0tLS1CRUdJTiBFQyBQUklWQVRFIE", "LS0tLS1CRUdJTiBPUEVOU1NIIFBSSV") { InBinary = true, IsKey = true, Reach = SecretRule.LongestReach },
        new("json-web-key", "A private JSON web key", Severity.Critical, JsonWebKey(), "\"kty\"") { IsKey = true, Reach = 4096, Entropy = 4 },
        new("rsa-xml-key", "An RSA private key in XML", Severity.Critical, RsaXmlKey(), "<RSAKeyValue>") { IsKey = true, Reach = 4096, Entropy = 4 },
        new("signify-key", "A signify or minisign secret key", Severity.Critical, SignifyKey(), "secret key\n") { IsKey = true, Entropy = 4 },
        new("jwt", "A JSON web token", Severity.High, JsonWebToken(), InfrastructureRules.Keywords)
            { InBinary = true, Reach = 4096, Glance = Glances.Run(50), Holds = Encoded.IsJsonWebToken, Allows = [PublicTokens] },
    ];

    static AllowRule PublicTokens => AllowRule.Value("the example of jwt.io, or a key that a service gives to every visitor (role anon)", value =>
        value.Contains("eyJzdWIiOiIxMjM0NTY3ODkwI", StringComparison.Ordinal) || Encoded.PayloadOf(value).Contains("\"role\":\"anon\"", StringComparison.Ordinal));

    // A DER sequence (the first character of its base64 is M) or "openssh-key-v1" and the cipher "none".
    [GeneratedRegex("\\G-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----" + Breaks + "(?:M[A-Z]|b3BlbnNzaC1rZXktdjEAAAAABG5vbmU)" + Body + "{30,7900}")]
    private static partial Regex PrivateKey();

    [GeneratedRegex("\\G-----?(?:BEGIN ENCRYPTED PRIVATE KEY-----" + Breaks + "M[A-Z]| ?BEGIN SSH2 ENCRYPTED PRIVATE KEY ----[^\\n]{0,20}\\n(?:[A-Za-z-]{1,30}: [^\\n]{0,200}\\n){0,5}P2/|"
        + "BEGIN OPENSSH PRIVATE KEY-----" + Breaks + "b3BlbnNzaC1rZXktdjEAAAAAC|"
        + "BEGIN (?:RSA|EC|DSA) PRIVATE KEY-----" + Breaks + "Proc-Type: 4,ENCRYPTED" + Breaks + "DEK-Info: [A-Z0-9,-]{10,80})" + Body + "{60,7600}")]
    private static partial Regex EncryptedPrivateKey();

    [GeneratedRegex("\\G-----BEGIN PGP PRIVATE KEY BLOCK-----" + Breaks + "(?>[A-Z][A-Za-z]{2,20}: [^\\n\\\\]{0,200}" + Breaks + "){0,6}[lx][A-Za-z0-9+/]" + Body + "{100,7500}")]
    private static partial Regex PgpPrivateKey();

    [GeneratedRegex("\\GPuTTY-User-Key-File-[23]: [^\\n]{1,60}\\nEncryption: none\\r?\\n(?:[^\\n]{0,200}\\n){1,60}?Private-Lines: [0-9]{1,3}\\r?\\n(?<secret>(?:[A-Za-z0-9+/=]{1,64}\\r?\\n){1,60})")]
    private static partial Regex PuttyPrivateKey();

    [GeneratedRegex("\\GLS0tLS1CRUdJTi[A-Za-z0-9+/]{150,7900}={0,2}")]
    private static partial Regex Base64PrivateKey();

    [GeneratedRegex("\\G\"kty\"\\s{0,3}:\\s{0,3}\"(?:RSA|EC|OKP)\"[^{}]{0,2500}?\"d\"\\s{0,3}:\\s{0,3}\"(?<secret>[A-Za-z0-9_-]{43,700})\"")]
    private static partial Regex JsonWebKey();

    [GeneratedRegex("\\G<RSAKeyValue>(?:[^<]|<(?!D>|/RSA)){100,3000}<D>(?<secret>[A-Za-z0-9+/=\\s]{40,1000})</D>")]
    private static partial Regex RsaXmlKey();

    [GeneratedRegex("\\Gsecret key\\r?\\nRW[A-Za-z0-9+/]{130,220}={0,2}")]
    private static partial Regex SignifyKey();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_+/.-])ey[A-Za-z0-9_-]{15,1000}\\.ey[A-Za-z0-9_-]{8,2500}\\.[A-Za-z0-9_-]{20,700}")]
    private static partial Regex JsonWebToken();
}
