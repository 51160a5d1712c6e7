using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Tests.Secrets;

public sealed class SecretTextTests
{
    // Shapes are put together here, so that no scanner takes this file for a leak.
    static string Of(string prefix, int length) => prefix + string.Concat(Enumerable.Repeat("k7Qz0pWm4R", length / 10 + 1))[..length];

    public static TheoryData<string, string> Shaped => new()
    {
        { "aws-access-key-id", "AKIA" + "J7QZ0PWM4RT2VX5Y" },
        { "github-token", Of("ghp_", 36) },
        { "github-token", Of("github_pat_", 60) },
        { "gitlab-token", Of("glpat-", 20) },
        { "slack-token", Of("xoxb-", 30) },
        { "google-api-key", Of("AIza", 35) },
        { "stripe-key", Of("sk_live_", 24) },
        { "npm-token", Of("npm_", 36) },
        { "pypi-token", Of("pypi-AgE", 60) },
        { "docker-hub-token", Of("dckr_pat_", 27) },
        { "sendgrid-key", Of("SG.", 22) + "." + Of("", 43) },
        { "digitalocean-token", new Bodies(1).Fill("dop_v1_{h64}") },
        { "jwt", new Bodies(2).Fill("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{j}.{A43}") },
        { "private-key", new Bodies(3).Fill("-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEowIBAAKCAQEA{b48}\n{k4}\n-----END") },
    };

    [Theory]
    [MemberData(nameof(Shaped))]
    public void A_token_is_known_by_its_shape_whatever_its_variable_is_called(string rule, string token)
    {
        var hit = Assert.Single(SecretText.FindIn("SETTING", token));

        Assert.Equal(rule, hit.Rule.Id);
        Assert.StartsWith(hit.Value, token, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shaped))]
    public void A_shaped_token_is_masked_inside_a_command(string rule, string token)
    {
        var masked = SecretMask.Mask($"RUN /bin/sh -c echo {token} > /x && cat /x # buildkit");

        Assert.DoesNotContain(token[5..], masked, StringComparison.Ordinal);
        Assert.Contains("****", masked, StringComparison.Ordinal);
        Assert.NotEmpty(rule);
    }

    [Theory]
    [InlineData("DB_PASSWORD", "hunter2hunter2")]
    [InlineData("MYSQL_PWD", "tr0ub4dor")]
    [InlineData("POSTGRES_PASSWORD", "20240917")]
    [InlineData("SMTP_PASS", "correct-horse")]
    [InlineData("dbPassword", "correct-horse")]
    [InlineData("SECRET_KEY_BASE", "9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYkeyvalue1")]
    [InlineData("DB_PASSWORD", "@dm1n-of-all")]
    [InlineData("DB_PASSWORD", "%percent-first")]
    [InlineData("DB_PASSWORD", "ends-with-xxx")]
    [InlineData("API_KEY", "s3rv1cek3y")]
    [InlineData("APIKEY", "s3rv1cek3y")]
    [InlineData("AUTH_TOKEN", "opaque-value-1")]
    [InlineData("JWT_SIGNING_KEY", "opaque-value-1")]
    public void A_variable_is_a_secret_by_its_name(string name, string value) =>
        Assert.Equal(("secret-by-name", value), Assert.Single(SecretText.FindIn(name, value)) is var hit ? (hit.Rule.Id, hit.Value) : default);

    [Theory]
    [InlineData("GPG_KEY", "7169605F62C751356D054A26A821E680E5FA6305")]
    [InlineData("PYTHON_SHA256", "c909157bb25ec114e5869124cc2a9c4a4d4c1e957ca4ff553f1edc692101154e")]
    [InlineData("TOKEN_TTL", "3600")]
    [InlineData("ACCESS_TOKEN_EXPIRE_MINUTES", "30")]
    [InlineData("MAX_TOKENS", "4096")]
    [InlineData("REFRESH_TOKEN", "3600")]
    [InlineData("DB_PASSWORD_FILE", "/run/secrets/db")]
    [InlineData("DB_PASSWORD", "/run/secrets/db_password")]
    [InlineData("DB_PASSWORD", "$DATABASE_PASSWORD")]
    [InlineData("DB_PASSWORD", "${DATABASE_PASSWORD}")]
    [InlineData("DB_PASSWORD", "%DATABASE_PASSWORD%")]
    [InlineData("DB_PASSWORD", "{{ db_password }}")]
    [InlineData("DB_PASSWORD", "<your password>")]
    [InlineData("DB_PASSWORD", "")]
    [InlineData("DB_PASSWORD", "********")]
    [InlineData("ALLOW_EMPTY_PASSWORD", "yes")]
    [InlineData("MYSQL_RANDOM_ROOT_PASSWORD", "true")]
    [InlineData("SECRET_MANAGER_URL", "https://vault.example:8200")]
    [InlineData("TOKEN_ENDPOINT", "https://id.example/token")]
    [InlineData("VAULT_TOKEN", "https://id.example/token")]
    [InlineData("TOKENIZERS_PARALLELISM", "false")]
    [InlineData("SECRETARY", "Miss Moneypenny")]
    [InlineData("COMPASS", "north-by-northwest")]
    [InlineData("PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI")]
    [InlineData("PWD", "/app")]
    [InlineData("OLDPWD", "/home/someone/x")]
    [InlineData("PATH", "/usr/local/bin:/usr/bin")]
    [InlineData("DATABASE_URL", "postgres://app@db:5432/app")]
    [InlineData("DATABASE_URL", "postgres://app:${PASSWORD}@db/app")]
    [InlineData("NODE_VERSION", "20.11.1")]
    [InlineData("KEYRING", "/usr/share/keyrings/docker.gpg")]
    public void What_only_looks_like_a_secret_is_none(string name, string value) => Assert.Empty(SecretText.FindIn(name, value));

    [Fact]
    public void A_password_in_a_connection_string_is_found_alone()
    {
        var hit = Assert.Single(SecretText.FindIn("DATABASE_URL", "postgres://app:s3cr3tw0rd@db:5432/app"));

        Assert.Equal(("url-password", "s3cr3tw0rd"), (hit.Rule.Id, hit.Value));
    }

    [Theory]
    [InlineData("changeme")]
    [InlineData("postgres")]
    [InlineData("your-token-here")]
    public void A_well_known_default_is_a_lesser_finding(string value) =>
        Assert.Equal(Severity.Medium, Assert.Single(SecretText.FindIn("DB_PASSWORD", value)).Severity);
}
