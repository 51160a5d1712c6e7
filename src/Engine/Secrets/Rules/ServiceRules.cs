using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of services that none of the other families has.</summary>
internal static partial class ServiceRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("okta-token", "An Okta API token", Severity.Critical, OktaToken(), "SSWS ", "okta_api_token", "okta_token", "okta_client_token") { Entropy = 3.5 },
        new("linear-key", "A Linear API key", Severity.High, LinearKey(), "lin_api_", "lin_oauth_") { InBinary = true, Entropy = 3.5 },
        new("notion-token", "A Notion token", Severity.High, NotionToken(), "ntn_", "secret_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(50) },
        new("airtable-token", "An Airtable token", Severity.High, AirtableToken(), "airtable") { Entropy = 3.5 },
        new("postman-key", "A Postman API key", Severity.High, PostmanKey(), "PMAK-") { InBinary = true, Entropy = 3 },
        new("figma-token", "A Figma token", Severity.High, FigmaToken(), "figd_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(40) },
        new("hubspot-token", "A HubSpot private-app token", Severity.High, HubSpotToken(), "pat-na1-", "pat-na2-", "pat-eu1-", "pat-ap1-") { InBinary = true, Entropy = 3 },
        new("contentful-token", "A Contentful management token", Severity.High, ContentfulToken(), "CFPAT-") { InBinary = true, Entropy = 3.5 },
        new("algolia-key", "An Algolia admin key", Severity.High, AlgoliaKey(), "algolia_admin", "algolia_api_key", "algolia_write") { Entropy = 3 },
        new("mapbox-secret-token", "A Mapbox secret token", Severity.High, MapboxToken(), "sk.eyJ1Ijoi") { InBinary = true, Entropy = 3.5 },
        new("facebook-token", "A Facebook access token", Severity.High, FacebookToken(), "EAACEdEose0cBA") { InBinary = true, Entropy = 3 },
        new("typeform-token", "A Typeform token", Severity.High, TypeformToken(), "tfp_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(44) },
        new("frame-io-token", "A Frame.io token", Severity.High, FrameIoToken(), "fio-u-") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(70) },
        new("duffel-token", "A Duffel live token", Severity.High, DuffelToken(), "duffel_live_") { InBinary = true, Entropy = 3.5 },
        new("readme-key", "A ReadMe API key", Severity.High, ReadMeKey(), "rdme_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(70) },
    ];

    [GeneratedRegex("\\G(?:SSWS |okta_(?:api_|client_)?token" + Shape.Set + ")(?<secret>00[A-Za-z0-9_-]{40})" + Shape.EndOfWord, Shape.AnyCase)]
    private static partial Regex OktaToken();

    [GeneratedRegex(Shape.Start + "lin_(?:api_[A-Za-z0-9]{40}|oauth_[A-Za-z0-9]{40,64})" + Shape.End)]
    private static partial Regex LinearKey();

    [GeneratedRegex(Shape.Start + "(?:ntn_[0-9]{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43})" + Shape.End)]
    private static partial Regex NotionToken();

    [GeneratedRegex("\\Gairtable[a-z_.-]{0,20}" + Shape.Set + "(?:Bearer )?(?<secret>pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}|key[A-Za-z0-9]{14})" + Shape.End, Shape.AnyCase)]
    private static partial Regex AirtableToken();

    [GeneratedRegex(Shape.StartOfWord + "PMAK-[a-f0-9]{24}-[a-f0-9]{34}" + Shape.EndOfWord)]
    private static partial Regex PostmanKey();

    [GeneratedRegex(Shape.Start + "figd_[A-Za-z0-9_-]{36,64}" + Shape.EndOfWord)]
    private static partial Regex FigmaToken();

    [GeneratedRegex(Shape.StartOfWord + "pat-(?:na|eu|ap)[0-9]-" + Shape.Uuid + Shape.EndOfWord)]
    private static partial Regex HubSpotToken();

    [GeneratedRegex(Shape.StartOfWord + "CFPAT-[A-Za-z0-9_-]{43}" + Shape.EndOfWord)]
    private static partial Regex ContentfulToken();

    [GeneratedRegex("\\Galgolia_(?:admin(?:_api)?_key|admin|api_key|write(?:_api)?_key)" + Shape.Set + "(?<secret>[a-f0-9]{32})" + Shape.End, Shape.AnyCase)]
    private static partial Regex AlgoliaKey();

    [GeneratedRegex("\\G(?<![A-Za-z0-9_.-])sk\\.eyJ1Ijoi[A-Za-z0-9_-]{40,200}\\.[A-Za-z0-9_-]{20,24}" + Shape.EndOfWord)]
    private static partial Regex MapboxToken();

    [GeneratedRegex(Shape.Start + "EAACEdEose0cBA[A-Za-z0-9]{20,300}")]
    private static partial Regex FacebookToken();

    [GeneratedRegex(Shape.Start + "tfp_[A-Za-z0-9_.=-]{40,59}" + Shape.EndOfWord)]
    private static partial Regex TypeformToken();

    [GeneratedRegex(Shape.StartOfWord + "fio-u-[A-Za-z0-9_=-]{64}" + Shape.EndOfWord)]
    private static partial Regex FrameIoToken();

    [GeneratedRegex(Shape.Start + "duffel_live_[A-Za-z0-9_=-]{43}" + Shape.EndOfWord)]
    private static partial Regex DuffelToken();

    [GeneratedRegex(Shape.Start + "rdme_[a-z0-9]{70}" + Shape.End)]
    private static partial Regex ReadMeKey();
}
