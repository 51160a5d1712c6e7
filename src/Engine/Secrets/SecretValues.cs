using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets;

/// <summary>Whether a value is one that a secret's name may have without a leak.</summary>
internal static partial class SecretValues
{
    static readonly string[] Defaults =
        [
            "admin", "root", "test", "guest", "user", "postgres", "mysql", "default", "todo", "foo", "bar", "foobar", "password", "password1",
            "passw0rd", "secret", "letmein", "1234", "12345", "123456", "12345678",
        ];

    static readonly string[] DefaultParts =
        ["changeme", "change-me", "change_me", "changeit", "example", "placeholder", "dummy", "insecure", "your-", "your_", "replaceme",
        "replace-me", "replace_me"];

    /// <summary>No value at all: nothing, a reference to a variable or to a file, a switch, a template, a value that is masked already.</summary>
    public static bool IsHarmless(string value, bool password) =>
        value.Length == 0 || Reference().IsMatch(value)
        || value.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "NONE" or "NULL" or "NIL" or "UNSET"
        || Masked().IsMatch(value) || FilePath().IsMatch(value) || Address().IsMatch(value)
        || !password && Number().IsMatch(value);

    /// <summary>A default or an example that everybody knows: still a finding, since it runs with it, but a lesser one.</summary>
    public static bool IsPlaceholder(string value) =>
        Defaults.Contains(value, StringComparer.OrdinalIgnoreCase)
        || value.Length < 64 && DefaultParts.Any(part => value.Contains(part, StringComparison.OrdinalIgnoreCase));

    // $VAR, ${VAR}, $(command), `command`, %VAR%, {{ template }}, <template>, a comparison's second "=", and the id of a mounted secret.
    [GeneratedRegex("^(?:\\$[A-Za-z_{(@*?0-9]|`|=|<[^>]*>?\\z|%[A-Za-z_0-9]+%\\z|\\{\\{|id=|env:)")]
    private static partial Regex Reference();

    [GeneratedRegex("^[*xX.•-]{3,}\\z|^.{0,4}\\*{3,}\\z")]
    private static partial Regex Masked();

    // A base64 secret may start with a slash too, but is one long part.
    [GeneratedRegex("^(?:~|\\.{1,2}|[A-Za-z]:)?(?:[/\\\\][A-Za-z0-9_.@-]{1,40}){2,}/?\\z|^(?:~|\\.{1,2})?/[A-Za-z0-9_.-]{0,20}\\z")]
    private static partial Regex FilePath();

    // With a password in it, the address is a finding of its own rule.
    [GeneratedRegex("^[a-z][a-z0-9+.-]{0,30}://[^\\s@]*\\z")]
    private static partial Regex Address();

    [GeneratedRegex("^-?[0-9]{1,18}(?:\\.[0-9]{1,9})?[smhdkMG]?\\z")]
    private static partial Regex Number();
}
