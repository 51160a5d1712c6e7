using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets;

/// <summary>Whether the name of a variable or an option says that its value is a secret.</summary>
internal static partial class SecretNames
{
    static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "PASSWORD", "PASSWD", "PASSPHRASE", "PASSCODE", "SECRET", "SECRETS", "TOKEN", "CREDENTIAL", "CREDENTIALS", "APIKEY", "SECRETKEY",
        "ACCESSKEY", "PRIVATEKEY", "AUTHTOKEN", "ACCESSTOKEN",
    };

    /// <summary>What makes a KEY secret when it stands right before it. A GPG, public or cache key is none.</summary>
    static readonly HashSet<string> SecretKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "API", "PRIVATE", "ACCESS", "SECRET", "AUTH", "ENCRYPTION", "SIGNING", "MASTER", "ACCOUNT", "STORAGE", "SSH", "DEPLOY", "LICENSE",
    };

    /// <summary>A name that ends so is about a secret and does not hold it: where it is, how long it lives, what it is called.</summary>
    static readonly HashSet<string> About = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALGORITHM", "ARN", "AUDIENCE", "BACKEND", "BYTES", "CHECKSUM", "CLASS", "COUNT", "DATE", "DAYS", "DIGEST", "DIR", "DIRECTORY", "ENABLED", "ENDPOINT", "ENV",
        "EXPIRATION", "EXPIRE", "EXPIRES", "EXPIRY", "FIELD", "FILE", "FILENAME", "FINGERPRINT", "FORMAT", "HASH", "HEADER", "HOST", "HOURS", "ID",
        "ISSUER", "LENGTH", "LIFETIME", "LIMIT", "LOCATION", "MANAGER", "MAX", "MECHANISM", "MIN", "MINUTES", "MODE", "MOUNT", "NAME", "NAMESPACE",
        "PATH", "POLICY", "PORT", "PREFIX", "PROVIDER", "REGION", "REQUIRED", "ROTATION", "SECONDS", "SERVICE", "SHA1", "SHA256", "SHA512", "SIZE",
        "STDIN", "STORE", "SUFFIX", "TIMEOUT", "TTL", "TYPE", "URI", "URL", "USED", "USER", "USERNAME", "VALIDITY", "VERSION",
    };

    /// <summary>A TOKEN after one of these is a place in a list or the number of a request.</summary>
    static readonly HashSet<string> Passing = new(StringComparer.OrdinalIgnoreCase)
    {
        "CANCELLATION", "CHANGE", "CONTINUATION", "CSRF", "IDEMPOTENCY", "NEXT", "PAGE", "PAGINATION", "REQUEST", "XSRF",
    };

    public static bool IsSecret(string name)
    {
        var words = WordsOf(name);
        if (words.Count == 0 || IsOfAssembly(words) || About.Contains(words[^1]) || words.Count > 1 && words[^1].Equals("TOKEN", StringComparison.OrdinalIgnoreCase) && Passing.Contains(words[^2]))
            return false;
        for (var i = 0; i < words.Count; i++)
            if (Words.Contains(words[i]) || i > 0 && words[i].Equals("KEY", StringComparison.OrdinalIgnoreCase) && SecretKeys.Contains(words[i - 1]))
                return true;
        return IsPassword(name);
    }

    // The hash of a public key, by which .NET names an assembly: PublicKeyToken.
    static bool IsOfAssembly(List<string> words) => words is [.., var kind, var key, var token]
        && kind.Equals("PUBLIC", StringComparison.OrdinalIgnoreCase) && key.Equals("KEY", StringComparison.OrdinalIgnoreCase) && token.Equals("TOKEN", StringComparison.OrdinalIgnoreCase);

    /// <summary>A password may be a number or a word; a token or a key that is one is a setting.</summary>
    public static bool IsPassword(string name)
    {
        var words = WordsOf(name);
        return words.Any(word => word.ToUpperInvariant() is "PASSWORD" or "PASSWD" or "PASSPHRASE" or "PASSCODE")
            // PWD alone is the shell's working directory.
            || words.Count > 1 && words[^1].ToUpperInvariant() is "PASS" or "PWD" && words.Count > 1;
    }

    // DB_PASSWORD, db-password, db.password and dbPassword are all two words.
    static List<string> WordsOf(string name) => [.. Word().Matches(name).Select(match => match.Value)];

    [GeneratedRegex("[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")]
    private static partial Regex Word();
}
