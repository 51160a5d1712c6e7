using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>
/// What a line of a file assigns to a name that says secret: <c>.env</c>, properties, ini, YAML, JSON, shell, Dockerfile. The name alone is
/// not believed, for words and settings have such names too: the value must look like one that somebody or something made up.
/// </summary>
internal static partial class AssignmentRule
{
    public static SecretRule Rule { get; } = new("assigned-secret", "A value that is given to a secret's name", Severity.High, Assignment(),
        "password", "passwd", "secret", "token", "api_key", "apikey", "api-key", "access_key", "accesskey", "private_key", "auth_key", "encryption_key", "signing_key", "_pass", "_pwd", "passphrase")
    {
        Lead = 64,
        Reach = 320,
        Glance = Glances.Assigned(8),
        Holds = match => SecretNames.IsSecret(match.Groups["name"].Value) && !match.Groups["name"].Value.Contains("public", StringComparison.OrdinalIgnoreCase)
            && MadeUpValues.Contains(match.Groups["secret"].Value),
    };

    const string LineStart = "(?<![^\\n])[ \\t-]{0,40}(?:export |set |ENV |ARG |-e )?";
    const string LineEnd = "[ \\t,;]{0,3}(?:#[^\\n]{0,200})?\\r?(?![^\\n])";
    const string Name = "(?<name>[A-Za-z][A-Za-z0-9_.-]{0,60})";

    // A line of its own, or a member of JSON wherever it stands.
    [GeneratedRegex(LineStart + "['\"]?" + Name + "['\"]?[ \\t]{0,3}(?:=|:=|:(?=[ \"']))[ \\t]{0,3}(?:\"(?<secret>[^\"\\n]{8,200})\"|'(?<secret>[^'\\n]{8,200})'|(?<secret>[^\\s\"',;]{8,200}))" + LineEnd
        + "|(?<=[{,\\s])\"" + Name + "\"\\s{0,3}:\\s{0,3}\"(?<secret>[^\"\\\\\\n]{8,200})\"(?=\\s{0,20}[,}])", Shape.AnyCase)]
    private static partial Regex Assignment();
}
