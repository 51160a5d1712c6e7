using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys to what runs and keeps other things: vaults, provisioning, networks, clusters.</summary>
internal static partial class InfrastructureRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("vault-token", "A HashiCorp Vault token", Severity.Critical, VaultToken(), "hvs.", "hvb.", "hvr.", "vault_token") { Entropy = 3.5 },
        new("terraform-cloud-token", "A Terraform Cloud token", Severity.Critical, TerraformCloudToken(), ".atlasv1.") { InBinary = true, Lead = 15, Entropy = 3.5 },
        new("pulumi-token", "A Pulumi token", Severity.Critical, PulumiToken(), "pul-") { InBinary = true, Entropy = 3, Glance = Glances.Run(44) },
        new("doppler-token", "A Doppler token", Severity.Critical, DopplerToken(), "dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit.") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(40) },
        new("1password-token", "A 1Password service-account token", Severity.Critical, OnePasswordToken(), "ops_eyJ") { InBinary = true, Entropy = 3.5, Reach = 2048 },
        new("1password-secret-key", "A 1Password secret key", Severity.Critical, OnePasswordSecretKey(), "A3-") { Entropy = 3.5, Glance = Glances.Run(38) },
        new("age-key", "An age secret key", Severity.Critical, AgeKey(), "AGE-SECRET-KEY-1") { InBinary = true, Entropy = 3 },
        new("tailscale-key", "A Tailscale key", Severity.Critical, TailscaleKey(), "tskey-") { InBinary = true, Entropy = 3 },
        new("wireguard-key", "A WireGuard private key", Severity.Critical, WireGuardKey(), "PrivateKey") { Entropy = 4, Glance = Glances.Assigned(43) },
        new("kubernetes-token", "A Kubernetes service-account token", Severity.Critical, KubernetesToken(), Keywords)
            { InBinary = true, Reach = 4096, Glance = Glances.Run(100), Holds = Encoded.IsServiceAccountToken },
        new("kubeconfig-key", "A client key in a kubeconfig", Severity.Critical, KubeconfigKey(), "client-key-data") { Reach = SecretRule.LongestReach },
        new("prefect-key", "A Prefect API key", Severity.Critical, PrefectKey(), "pnu_", "pnb_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(40) },
        new("octopus-key", "An Octopus Deploy API key", Severity.Critical, OctopusKey(), "API-") { Entropy = 3.2, Glance = Glances.Run(30) },
    ];

    /// <summary>How a JSON object that begins with <c>alg</c>, <c>typ</c>, <c>kid</c>, <c>cty</c>, <c>x5t</c>, <c>jku</c>, <c>enc</c> or <c>zip</c> looks in base64.</summary>
    internal static IReadOnlyList<string> Keywords => ["eyJhbGci", "eyJ0eXAi", "eyJraWQi", "eyJjdHki", "eyJ4NXQi", "eyJqa3Ui", "eyJlbmMi", "eyJ6aXAi", "eyAiYWxn", "eyAidHlw"];

    [GeneratedRegex("\\G(?:(?<![A-Za-z0-9_.])(?<secret>hv[sbr]\\.[A-Za-z0-9_-]{24,300})|vault_token" + Shape.Set + "(?<secret>s\\.[A-Za-z0-9]{24}))" + Shape.EndOfWord, Shape.AnyCase)]
    private static partial Regex VaultToken();

    [GeneratedRegex("(?<![A-Za-z0-9])[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}" + Shape.EndOfWord)]
    private static partial Regex TerraformCloudToken();

    [GeneratedRegex(Shape.StartOfWord + "pul-[a-f0-9]{40}" + Shape.EndOfWord)]
    private static partial Regex PulumiToken();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_.-])dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}" + Shape.EndOfWord)]
    private static partial Regex DopplerToken();

    [GeneratedRegex(Shape.Start + "ops_eyJ[A-Za-z0-9+/_-]{250,1800}={0,3}")]
    private static partial Regex OnePasswordToken();

    [GeneratedRegex(Shape.StartOfWord + "A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}" + Shape.EndOfWord)]
    private static partial Regex OnePasswordSecretKey();

    [GeneratedRegex("\\GAGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}" + Shape.End)]
    private static partial Regex AgeKey();

    [GeneratedRegex(Shape.StartOfWord + "tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,20}-[A-Za-z0-9]{20,50}" + Shape.End)]
    private static partial Regex TailscaleKey();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_.])PrivateKey\\s{0,4}=\\s{0,4}(?<secret>[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])")]
    private static partial Regex WireGuardKey();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_+/.-])ey[A-Za-z0-9_-]{15,1000}\\.ey[A-Za-z0-9_-]{15,2500}\\.[A-Za-z0-9_-]{20,700}")]
    private static partial Regex KubernetesToken();

    [GeneratedRegex("\\Gclient-key-data['\"]?\\s{0,3}:\\s{0,3}['\"]?(?<secret>LS0t[A-Za-z0-9+/]{100,7000}={0,2})")]
    private static partial Regex KubeconfigKey();

    [GeneratedRegex(Shape.Start + "pn[ub]_[A-Za-z0-9]{36}" + Shape.End)]
    private static partial Regex PrefectKey();

    [GeneratedRegex(Shape.StartOfWord + "API-[A-Z0-9]{26,32}" + Shape.EndOfWord)]
    private static partial Regex OctopusKey();
}
