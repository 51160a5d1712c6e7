using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// The token shapes that are looked for. Each begins where no letter or digit precedes it and repeats one class of characters, so that
/// a text of any length is read in linear time.
/// </summary>
internal static partial class SecretRules
{
    public static SecretRule ByName { get; } = new("secret-by-name", "A secret, by the name of its variable", Severity.Critical);

    public static IReadOnlyList<SecretRule> Shapes { get; } =
    [
        new("private-key", "A private key", Severity.Critical, PrivateKey()),
        new("aws-access-key-id", "An AWS access key id", Severity.High, AwsAccessKeyId()),
        new("github-token", "A GitHub token", Severity.Critical, GitHubToken()),
        new("gitlab-token", "A GitLab token", Severity.Critical, GitLabToken()),
        new("slack-token", "A Slack token", Severity.Critical, SlackToken()),
        new("slack-webhook", "A Slack webhook", Severity.High, SlackWebhook()),
        new("google-api-key", "A Google API key", Severity.Critical, GoogleApiKey()),
        new("stripe-key", "A Stripe live key", Severity.Critical, StripeKey()),
        new("npm-token", "An npm access token", Severity.Critical, NpmToken()),
        new("pypi-token", "A PyPI upload token", Severity.Critical, PyPiToken()),
        new("docker-hub-token", "A Docker Hub access token", Severity.Critical, DockerHubToken()),
        new("sendgrid-key", "A SendGrid API key", Severity.Critical, SendGridKey()),
        new("digitalocean-token", "A DigitalOcean token", Severity.Critical, DigitalOceanToken()),
        new("anthropic-key", "An Anthropic API key", Severity.Critical, AnthropicKey()),
        new("openai-key", "An OpenAI API key", Severity.Critical, OpenAiKey()),
        new("hugging-face-token", "A Hugging Face token", Severity.Critical, HuggingFaceToken()),
        new("jwt", "A JSON web token", Severity.High, JsonWebToken()),
        new("url-password", "A password in a URL", Severity.Critical, UrlPassword()),
        new("authorization-header", "An Authorization header", Severity.Critical, AuthorizationHeader()),
        new("user-password-option", "A password on a command line", Severity.Critical, UserOption()),
        new("chpasswd", "A password that is given to chpasswd", Severity.Critical, ChangePassword()),
    ];

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\\s\\\\:,-]*")]
    private static partial Regex PrivateKey();

    [GeneratedRegex("(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])")]
    private static partial Regex AwsAccessKeyId();

    [GeneratedRegex("(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})")]
    private static partial Regex GitHubToken();

    [GeneratedRegex("(?<![A-Za-z0-9_-])gl(?:pat|dt|rt|ptt|cbt|ft|soat|agent|oas)-[A-Za-z0-9_.-]{20,}")]
    private static partial Regex GitLabToken();

    [GeneratedRegex("(?<![A-Za-z0-9-])xox[abeoprs]-[A-Za-z0-9-]{10,}")]
    private static partial Regex SlackToken();

    [GeneratedRegex("hooks\\.slack\\.com/(?:services|workflows|triggers)/(?<secret>[A-Za-z0-9_/]{20,})")]
    private static partial Regex SlackWebhook();

    [GeneratedRegex("(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])")]
    private static partial Regex GoogleApiKey();

    [GeneratedRegex("(?<![A-Za-z0-9_])[sr]k_live_[A-Za-z0-9]{16,}")]
    private static partial Regex StripeKey();

    [GeneratedRegex("(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])")]
    private static partial Regex NpmToken();

    [GeneratedRegex("(?<![A-Za-z0-9_-])pypi-AgE[A-Za-z0-9_-]{40,}")]
    private static partial Regex PyPiToken();

    [GeneratedRegex("(?<![A-Za-z0-9_-])dckr_[op]at_[A-Za-z0-9_-]{20,}")]
    private static partial Regex DockerHubToken();

    [GeneratedRegex("(?<![A-Za-z0-9_.-])SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}")]
    private static partial Regex SendGridKey();

    [GeneratedRegex("(?<![A-Za-z0-9_])do[opr]_v1_[a-f0-9]{64}")]
    private static partial Regex DigitalOceanToken();

    [GeneratedRegex("(?<![A-Za-z0-9_-])sk-ant-[A-Za-z0-9_-]{20,}")]
    private static partial Regex AnthropicKey();

    [GeneratedRegex("(?<![A-Za-z0-9_-])sk-(?:proj-|svcacct-|admin-)?(?!ant-)[A-Za-z0-9_-]{40,}")]
    private static partial Regex OpenAiKey();

    [GeneratedRegex("(?<![A-Za-z0-9_])hf_[A-Za-z0-9]{34,}")]
    private static partial Regex HuggingFaceToken();

    [GeneratedRegex("(?<![A-Za-z0-9_-])eyJ(?>[A-Za-z0-9_-]{8,})\\.eyJ(?>[A-Za-z0-9_-]{8,})\\.[A-Za-z0-9_-]*")]
    private static partial Regex JsonWebToken();

    [GeneratedRegex("(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\\s:/@'\"]{0,200}:(?<secret>[^\\s/@'\"]{1,500})@")]
    private static partial Regex UrlPassword();

    [GeneratedRegex("(?<![A-Za-z0-9-])(?:Proxy-)?Authorization['\"]?\\s{0,3}[:=]\\s{0,3}['\"]?(?:Bearer|Basic|Token|token|Negotiate)\\s{1,3}(?<secret>[^\\s'\"\\\\;]+)", RegexOptions.IgnoreCase)]
    private static partial Regex AuthorizationHeader();

    [GeneratedRegex("(?<![A-Za-z0-9_-])curl (?:(?!&&)[^;\\n]){0,300}?(?:-u|--user|--proxy-user|-U)[ =]?['\"]?[A-Za-z0-9._@$-]{1,100}:(?<secret>[^\\s'\"/:][^\\s'\"/]*)")]
    private static partial Regex UserOption();

    [GeneratedRegex("(?:echo|printf)\\s{1,3}(?:-[a-z]\\s{1,3})?['\"]?[A-Za-z0-9._$-]{1,100}:(?<secret>[^\\s'\"|]{1,200})['\"]?\\s{0,3}\\|\\s{0,3}(?:[a-z/]{0,20})chpasswd")]
    private static partial Regex ChangePassword();
}
