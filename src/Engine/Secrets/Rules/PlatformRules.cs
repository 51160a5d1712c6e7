using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of hosting platforms.</summary>
internal static partial class PlatformRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("digitalocean-token", "A DigitalOcean token", Severity.Critical, DigitalOceanToken(), "dop_v1_", "doo_v1_", "dor_v1_") { InBinary = true, Entropy = 3 },
        new("hetzner-token", "A Hetzner Cloud token", Severity.Critical, HetznerToken(), "hcloud_token", "hetzner_token", "hetzner_api_token") { Entropy = 4 },
        new("cloudflare-token", "A Cloudflare API token", Severity.Critical, CloudflareToken(), "cloudflare_api_", "cf_api_") { Entropy = 3 },
        new("cloudflare-origin-ca-key", "A Cloudflare origin CA key", Severity.Critical, CloudflareOriginCaKey(), "v1.0-") { InBinary = true, Entropy = 3, Glance = Glances.Run(170) },
        new("heroku-key", "A Heroku API key", Severity.Critical, HerokuKey(), "HRKU-AA", "HEROKU_API_KEY", "heroku_api_key") { Entropy = 3 },
        new("fly-token", "A Fly.io token", Severity.Critical, FlyToken(), "fm1a_", "fm1r_", "fm2_", "fo1_") { InBinary = true, Entropy = 4, Reach = 2048 },
        new("render-key", "A Render API key", Severity.Critical, RenderKey(), "rnd_") { Entropy = 3.5, Glance = Glances.Run(32) },
        new("vercel-token", "A Vercel Blob token", Severity.Critical, VercelToken(), "vercel_blob_rw_") { InBinary = true, Entropy = 3.5 },
        new("netlify-token", "A Netlify token", Severity.Critical, NetlifyToken(), "nfp_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(40) },
        new("scaleway-key", "A Scaleway secret key", Severity.Critical, ScalewayKey(), "SCW_SECRET_KEY") { Entropy = 3 },
        new("linode-token", "A Linode token", Severity.Critical, LinodeToken(), "linode_token", "linode_api_token") { Entropy = 3 },
        new("openshift-token", "An OpenShift token", Severity.Critical, OpenShiftToken(), "sha256~") { InBinary = true, Entropy = 3.5 },
        new("supabase-key", "A Supabase secret key", Severity.Critical, SupabaseKey(), "sbp_", "sb_secret_") { InBinary = true, Entropy = 3, Glance = Glances.Run(41) },
        new("planetscale-token", "A PlanetScale token or password", Severity.Critical, PlanetScaleToken(), "pscale_tkn_", "pscale_pw_", "pscale_oauth_") { InBinary = true, Entropy = 3 },
        new("neon-key", "A Neon API key", Severity.Critical, NeonKey(), "napi_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(69) },
        new("databricks-token", "A Databricks token", Severity.Critical, DatabricksToken(), "dapi") { InBinary = true, Entropy = 3, Glance = Glances.Run(36) },
    ];

    [GeneratedRegex(Shape.Start + "do[opr]_v1_[a-f0-9]{64}" + Shape.End)]
    private static partial Regex DigitalOceanToken();

    [GeneratedRegex("\\G(?:hcloud_token|hetzner_(?:api_)?token)" + Shape.Set + "(?<secret>[A-Za-z0-9]{64})" + Shape.End, Shape.AnyCase)]
    private static partial Regex HetznerToken();

    [GeneratedRegex("\\G(?:cloudflare|cf)_api_(?:token" + Shape.Set + "(?<secret>[A-Za-z0-9_-]{40})|key" + Shape.Set + "(?<secret>[0-9a-f]{37}))" + Shape.EndOfWord, Shape.AnyCase)]
    private static partial Regex CloudflareToken();

    [GeneratedRegex(Shape.StartOfWord + "v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}" + Shape.EndOfWord)]
    private static partial Regex CloudflareOriginCaKey();

    [GeneratedRegex("\\G(?:(?<secret>HRKU-AA[A-Za-z0-9_-]{58})|(?:HEROKU_API_KEY|heroku_api_key)" + Shape.Set + "(?<secret>" + Shape.Uuid + "))" + Shape.EndOfWord)]
    private static partial Regex HerokuKey();

    [GeneratedRegex(Shape.Start + "(?:fm1[ar]_[A-Za-z0-9+/_=,-]{80,1800}|fm2_[A-Za-z0-9+/_=,-]{80,1800}|fo1_[A-Za-z0-9_-]{43})")]
    private static partial Regex FlyToken();

    [GeneratedRegex(Shape.StartOfWord + "rnd_[A-Za-z0-9]{28,40}" + Shape.EndOfWord)]
    private static partial Regex RenderKey();

    [GeneratedRegex(Shape.Start + "vercel_blob_rw_[A-Za-z0-9]{14,18}_[A-Za-z0-9]{28,32}" + Shape.End)]
    private static partial Regex VercelToken();

    [GeneratedRegex(Shape.StartOfWord + "nfp_[A-Za-z0-9_]{36}" + Shape.EndOfWord)]
    private static partial Regex NetlifyToken();

    [GeneratedRegex("\\GSCW_SECRET_KEY" + Shape.Set + "(?<secret>" + Shape.Uuid + ")")]
    private static partial Regex ScalewayKey();

    [GeneratedRegex("\\Glinode_(?:api_)?token" + Shape.Set + "(?<secret>[0-9a-f]{64})" + Shape.End, Shape.AnyCase)]
    private static partial Regex LinodeToken();

    [GeneratedRegex(Shape.Start + "sha256~[A-Za-z0-9_-]{43}" + Shape.EndOfWord)]
    private static partial Regex OpenShiftToken();

    [GeneratedRegex(Shape.StartOfWord + "(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{31})" + Shape.EndOfWord)]
    private static partial Regex SupabaseKey();

    [GeneratedRegex(Shape.Start + "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}" + Shape.EndOfWord)]
    private static partial Regex PlanetScaleToken();

    [GeneratedRegex(Shape.Start + "napi_[a-z0-9]{64}" + Shape.End)]
    private static partial Regex NeonKey();

    [GeneratedRegex(Shape.StartOfWord + "dapi[a-f0-9]{32}(?:-[0-9])?" + Shape.EndOfWord)]
    private static partial Regex DatabricksToken();
}
