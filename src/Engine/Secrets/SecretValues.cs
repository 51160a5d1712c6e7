using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets;

/// <summary>Whether a value is one that a secret's name may have without a leak.</summary>
internal static partial class SecretValues
{
    static readonly string[] Defaults =
        [
            "admin", "root", "test", "guest", "user", "postgres", "mysql", "default", "todo", "foo", "bar", "foobar", "password", "password1",
            "passw0rd", "secret", "letmein", "tiger", "1234", "12345", "123456", "12345678",
        ];

    static readonly string[] DefaultParts =
        ["changeme", "change-me", "change_me", "changeit", "example", "placeholder", "dummy", "insecure", "your-", "your_", "your ", "replaceme",
        "replace-me", "replace_me"];

    /// <summary>No value at all: nothing, a reference to a variable or to a file, a switch, a template, a value that is masked already.</summary>
    public static bool IsHarmless(string value, bool password) =>
        value.Length == 0 || Reference().IsMatch(value)
        || value.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "NONE" or "NULL" or "NIL" or "UNSET"
        || Masked().IsMatch(value) || FilePath().IsMatch(value) || FileName().IsMatch(value) || Address().IsMatch(value)
        || !password && Number().IsMatch(value);

    /// <summary>A default or an example that everybody knows: still a finding, since it runs with it, but a lesser one.</summary>
    public static bool IsPlaceholder(string value) =>
        Defaults.Contains(value, StringComparer.OrdinalIgnoreCase)
        || value.Length < 64 && DefaultParts.Any(part => value.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>A placeholder, a default or a value made of such words alone: <c>your_password_here</c>, <c>mysecretpassword1</c>, <c>user:pass</c>'s second half.</summary>
    public static bool IsExample(string value) =>
        IsPlaceholder(value) || Masked().IsMatch(value) || ExampleParts().IsMatch(value) || ExampleWords().IsMatch(value);

    // Four letters may be among random ones: they are a word of their own, or of one case.
    [GeneratedRegex("example|sample[_-]|placeholder|changeme|change[_-]me|changeit|redacted|dummy|your[_ -]?[a-z]|replace[_-]?me|insert[_-]|(?-i:xxxx|XXXX)|\\*\\*\\*|notreal|not[_-]a[_-]real|(?<![a-z0-9])(?:fake|todo)(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExampleParts();

    // The longest word first, and no second try: a value of such words is read once.
    [GeneratedRegex("^(?>credentials|development|credential|passphrase|repository|postgresql|production|database|p4ssw0rd|p@ssw0rd|passw0rd|password|"
        + "passwort|postgres|rabbitmq|username|account|default|letmein|passwrd|private|secrets|sekrit|service|session|staging|testing|"
        + "welcome|access|apikey|bearer|client|cookie|hunter|passwd|qwerty|random|s3cr3t|secret|server|string|strong|tester|admin|"
        + "guest|hello|local|login|mongo|mysql|redis|super|token|users|value|world|auth|demo|repo|from|goes|hash|here|keys|long|name|"
        + "only|pass|prod|real|root|salt|some|test|this|user|very|with|your|abc|and|api|app|bar|baz|dev|foo|for|jwt|key|new|not|old|pwd|"
        + "qux|the|usr|xyz|an|db|in|is|my|of|or|pw|to|a|x|y|z|[0-9]{1,6}|[-_ .:!@#$?=])*\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExampleWords();

    // $VAR, ${VAR}, $(command), `command`, %VAR%, {{ template }}, <template>, a comparison's second "=", and the id of a mounted secret.
    [GeneratedRegex("^(?:\\$[A-Za-z_{(@*?0-9]|`|=|<[^>]*>?\\z|%[A-Za-z_0-9]+%\\z|\\{\\{|id=|env:)")]
    private static partial Regex Reference();

    [GeneratedRegex("^[*xX.•-]{3,}\\z|^.{0,4}\\*{3,}\\z")]
    private static partial Regex Masked();

    // A base64 secret may start with a slash too, but is one long part.
    [GeneratedRegex("^(?:~|\\.{1,2}|[A-Za-z]:)?(?:[/\\\\][A-Za-z0-9_.@-]{1,40}){2,}/?\\z|^(?:~|\\.{1,2})?/[A-Za-z0-9_.-]{0,20}\\z")]
    private static partial Regex FilePath();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,60}\\.(?:sh|bash|py|rb|js|ps1|bat|json|ya?ml|xml|txt|conf|cfg|ini|properties|sql|rsp)\\z")]
    private static partial Regex FileName();

    // With a password in it, the address is a finding of its own rule.
    [GeneratedRegex("^[a-z][a-z0-9+.-]{0,30}://[^\\s@]*\\z")]
    private static partial Regex Address();

    [GeneratedRegex("^-?[0-9]{1,18}(?:\\.[0-9]{1,9})?[smhdkMG]?\\z")]
    private static partial Regex Number();
}
