using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Keys of payment services and shops. Test-mode keys, which move no money, are none.</summary>
internal static partial class PaymentRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("stripe-key", "A Stripe live key", Severity.Critical, StripeKey(), "sk_live_", "rk_live_") { InBinary = true, Entropy = 3 },
        new("stripe-webhook-secret", "A webhook signing secret (Stripe, Svix, Clerk)", Severity.High, WebhookSecret(), "whsec_") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(38) },
        new("square-token", "A Square token or secret", Severity.Critical, SquareToken(), "sq0atp-", "sq0csp-") { InBinary = true, Entropy = 3 },
        new("braintree-token", "A PayPal Braintree access token", Severity.Critical, BraintreeToken(), "access_token$production$") { InBinary = true, Entropy = 3 },
        new("paypal-secret", "A PayPal client secret", Severity.Critical, PayPalSecret(), "paypal_client_secret", "paypal_secret") { Entropy = 4 },
        new("flutterwave-key", "A Flutterwave secret key", Severity.Critical, FlutterwaveKey(), "FLWSECK-") { InBinary = true, Entropy = 3 },
        new("mollie-key", "A Mollie live key", Severity.Critical, MollieKey(), "live_") { Entropy = 3.5, Glance = Glances.Run(35) },
        new("plaid-token", "A Plaid access token", Severity.Critical, PlaidToken(), "access-production-") { InBinary = true, Entropy = 3 },
        new("shopify-token", "A Shopify token or secret", Severity.Critical, ShopifyToken(), "shpat_", "shpca_", "shppa_", "shpss_") { InBinary = true, Entropy = 3, Glance = Glances.Run(38) },
        new("shippo-token", "A Shippo live token", Severity.Critical, ShippoToken(), "shippo_live_") { InBinary = true, Entropy = 3 },
        new("easypost-key", "An EasyPost API key", Severity.Critical, EasyPostKey(), "EZAK") { InBinary = true, Entropy = 3.5, Glance = Glances.Run(58) },
    ];

    [GeneratedRegex(Shape.Start + "[sr]k_live_[A-Za-z0-9]{16,250}" + Shape.End)]
    private static partial Regex StripeKey();

    [GeneratedRegex(Shape.Start + "whsec_[A-Za-z0-9+/]{32,64}={0,2}" + Shape.End)]
    private static partial Regex WebhookSecret();

    [GeneratedRegex(Shape.StartOfWord + "sq0(?:atp-[A-Za-z0-9_-]{22}|csp-[A-Za-z0-9_-]{43})" + Shape.EndOfWord)]
    private static partial Regex SquareToken();

    [GeneratedRegex("\\Gaccess_token\\$production\\$[0-9a-z]{16}\\$[0-9a-f]{32}" + Shape.End)]
    private static partial Regex BraintreeToken();

    [GeneratedRegex("\\Gpaypal_(?:client_)?secret" + Shape.Set + "(?<secret>E[A-Za-z0-9_-]{79})" + Shape.EndOfWord, Shape.AnyCase)]
    private static partial Regex PayPalSecret();

    [GeneratedRegex(Shape.StartOfWord + "FLWSECK-[0-9a-z]{32,44}-X" + Shape.EndOfWord)]
    private static partial Regex FlutterwaveKey();

    [GeneratedRegex(Shape.StartOfWord + "live_[A-Za-z0-9]{30}" + Shape.EndOfWord)]
    private static partial Regex MollieKey();

    [GeneratedRegex(Shape.StartOfWord + "access-production-" + Shape.Uuid + Shape.EndOfWord)]
    private static partial Regex PlaidToken();

    [GeneratedRegex(Shape.Start + "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}" + Shape.End)]
    private static partial Regex ShopifyToken();

    [GeneratedRegex(Shape.Start + "shippo_live_[a-f0-9]{40}" + Shape.End)]
    private static partial Regex ShippoToken();

    [GeneratedRegex(Shape.StartOfWord + "EZAK[A-Za-z0-9]{54}" + Shape.EndOfWord)]
    private static partial Regex EasyPostKey();
}
