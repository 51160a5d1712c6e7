using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Passwords in addresses, connection strings and commands, and the secret keys of web frameworks.</summary>
internal static partial class ConnectionRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("url-password", "A password in a URL", Severity.Critical, UrlPassword(), "://")
            { Lead = 32, Glance = Glances.UserAndPassword, Allows = [new("a host that only documentation has (RFC 2606)", (_, after) => DocumentedHost().IsMatch(after)), Anonymous] },
        new("connection-string", "A password in a connection string", Severity.Critical, ConnectionString(), ";password", ";pwd", "; password", "; pwd") { Lead = 250, Glance = Glances.AssignedAfterSemicolon },
        new("jdbc-password", "A password in a JDBC URL", Severity.Critical, JdbcPassword(), "jdbc:"),
        new("authorization-header", "An Authorization header", Severity.Critical, AuthorizationHeader(), "authorization")
            { Allows = [AllowRule.Value("a word: prose about the header", value => value.Length < 24 && !value.Any(char.IsAsciiDigit))] },
        new("user-password-option", "A password on a command line", Severity.Critical, UserOption(), "curl "),
        new("chpasswd", "A password that is given to chpasswd", Severity.Critical, ChangePassword(), "chpasswd") { Lead = 240 },
        new("django-secret-key", "A Django or Flask secret key", Severity.High, DjangoSecretKey(), "SECRET_KEY") { Entropy = 3.5, Glance = Glances.Assigned(1), Holds = match => !SecretValues.IsHarmless(match.Groups["secret"].Value, password: true) },
        new("laravel-app-key", "A Laravel application key", Severity.High, LaravelAppKey(), "APP_KEY=base64:") { Entropy = 4 },
        new("rails-secret-key-base", "A Rails secret_key_base", Severity.High, RailsSecretKeyBase(), "secret_key_base") { Entropy = 3 },
        new("wordpress-password", "A password or key in a wp-config.php", Severity.Critical, WordPressPassword(),
            "'DB_PASSWORD'", "'AUTH_KEY'", "'SECURE_AUTH_KEY'", "'LOGGED_IN_KEY'", "'NONCE_KEY'") { Entropy = 2 },
    ];

    static AllowRule Anonymous => AllowRule.Value("the password of an access that is open to everybody (anonymous, anoncvs)", value =>
        value.AsSpan(value.LastIndexOf(':') + 1).StartsWith("anon", StringComparison.OrdinalIgnoreCase));

    // RFC 2606, sections 2 and 3. Its .test is left out: developers give it to hosts of their own.
    [GeneratedRegex("^@(?:[A-Za-z0-9_-]{1,63}\\.){0,5}(?:example(?:\\.(?:com|net|org))?|invalid)(?![A-Za-z0-9_.-]*[A-Za-z0-9_])", Shape.AnyCase)]
    private static partial Regex DocumentedHost();

    [GeneratedRegex("(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\\s:/@'\"]{0,200}:(?<secret>[^\\s/@'\"]{1,200})@")]
    private static partial Regex UrlPassword();

    [GeneratedRegex("(?:server|data source|host|addr|address|endpoint|datasource)\\s?=[^\\n<>]{1,200}?;\\s?(?:password|pwd)\\s?=\\s?(?<secret>[^;\"'\\s<>&]{4,128})"
        + "|(?<=;\\s?)(?:password|pwd)\\s?=\\s?(?<secret>[^;\"'\\s<>&]{4,128});[^\\n<>]{0,200}?(?:server|data source|host|datasource)\\s?=", Shape.AnyCase)]
    private static partial Regex ConnectionString();

    [GeneratedRegex("\\Gjdbc:[a-z0-9:]{2,30}(?:[^\\s\"'<>]{0,300}?[?&;](?:password|pwd)=(?<secret>[^&;\\s\"'<>]{4,128})|thin:[^\\s/@\"']{1,60}/(?<secret>[^\\s@\"']{4,60})@)", Shape.AnyCase)]
    private static partial Regex JdbcPassword();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_])authorization['\"]?\\s{0,3}[:=,]\\s{0,3}['\"]?(?:Bearer|Basic|Token|Negotiate)\\s{1,3}(?<secret>[^\\s'\"\\\\;`,<>()]{8,400})", Shape.AnyCase)]
    private static partial Regex AuthorizationHeader();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_-])curl (?:(?!&&)[^;\\n]){0,300}?(?<= )(?:-u|--user|--proxy-user|-U)[ =]?['\"]?[A-Za-z0-9._@$-]{1,100}:(?<secret>[^\\s'\"/:][^\\s'\"/]{0,200})")]
    private static partial Regex UserOption();

    [GeneratedRegex("(?:echo|printf)\\s{1,3}(?:-[a-z]\\s{1,3})?['\"]?[A-Za-z0-9._$-]{1,100}:(?<secret>[^\\s'\"|]{1,200})['\"]?\\s{0,3}\\|\\s{0,3}(?:[a-z/]{0,20})chpasswd")]
    private static partial Regex ChangePassword();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_])SECRET_KEY['\"]?\\]?\\s{0,3}[=:]\\s{0,3}[rb]?['\"](?<secret>[^'\"\\n]{24,200})['\"]")]
    private static partial Regex DjangoSecretKey();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_])APP_KEY=base64:(?<secret>[A-Za-z0-9+/]{43}=)")]
    private static partial Regex LaravelAppKey();

    [GeneratedRegex("\\Gsecret_key_base['\"]?" + Shape.Set + "(?<secret>[0-9a-f]{64,128})" + Shape.End, Shape.AnyCase)]
    private static partial Regex RailsSecretKeyBase();

    [GeneratedRegex("\\G'[A-Z_]{5,20}'\\s{0,4},\\s{0,20}['\"](?<secret>[^'\"\\n]{4,100})['\"]\\s{0,4}\\)")]
    private static partial Regex WordPressPassword();
}
